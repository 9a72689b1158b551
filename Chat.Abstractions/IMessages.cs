namespace Chat;

/// <summary>Speaks into conversations. Injected into one invocation, it acts in its caller's name.</summary>
public interface IMessages
{
    /// <summary>To everybody in the room; not stored, no number.</summary>
    Task NoticeAsync(Room room, string text, CancellationToken cancellation);

    /// <summary>To every connection of the user; nobody is told where there is none.</summary>
    Task NoticeAsync(User user, string text, CancellationToken cancellation);

    /// <summary>To everybody who is connected.</summary>
    Task NoticeAllAsync(string text, CancellationToken cancellation);

    /// <summary>A message in the caller's name: numbered, logged, through the filters, under the caller's own permission, mute and rate.</summary>
    /// <exception cref="RefusalException">What a plain message would be refused for.</exception>
    Task SendAsync(Room room, string text, CancellationToken cancellation);

    /// <inheritdoc cref="SendAsync(Room, string, CancellationToken)"/>
    Task SendAsync(User to, string text, CancellationToken cancellation);
}
