namespace Chat;

/// <summary>Sends messages as the caller. For a text that need not be stored, use <see cref="INotices"/>.</summary>
public interface IMessages
{
    /// <summary>
    /// Sends a message from the caller, as if they had typed it: it is numbered and stored, passes through the filters, and needs the
    /// caller's permission. A mute and the caller's rate limit apply.
    /// </summary>
    /// <exception cref="RefusalException">The message is refused, with the code that the caller would get.</exception>
    Task SendAsync(Room room, string text, CancellationToken cancellation);

    /// <inheritdoc cref="SendAsync(Room, string, CancellationToken)"/>
    Task SendAsync(User to, string text, CancellationToken cancellation);
}
