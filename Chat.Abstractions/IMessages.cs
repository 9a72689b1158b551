namespace Chat;

/// <summary>Writes in the name of the invocation's caller. What only needs to be said, and not kept, <see cref="INotices"/> says.</summary>
public interface IMessages
{
    /// <summary>A message in the caller's name: numbered, logged, through the filters, under the caller's own permission, mute and rate.</summary>
    /// <exception cref="RefusalException">What a plain message would be refused for.</exception>
    Task SendAsync(Room room, string text, CancellationToken cancellation);

    /// <inheritdoc cref="SendAsync(Room, string, CancellationToken)"/>
    Task SendAsync(User to, string text, CancellationToken cancellation);
}
