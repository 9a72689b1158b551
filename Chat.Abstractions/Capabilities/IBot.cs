namespace Chat;

/// <summary>
/// An account of the plugin. Its messages are numbered and stored; permissions, mutes, bans and blocks apply, filters do not. It reaches
/// every room, private ones too, without joining.
/// </summary>
/// <remarks>Every method throws a <see cref="RefusalException"/> for what the account may not do.</remarks>
public interface IBot
{
    /// <summary>With the role that it had when the plugin asked for it.</summary>
    User User { get; }

    /// <returns>The message's number.</returns>
    Task<long> SendAsync(Room room, string text, CancellationToken cancellation);

    /// <summary>Answers a message of the room.</summary>
    /// <param name="replyTo">Its number. If it does not exist or was deleted, the call is refused with <c>no_such_message</c>.</param>
    /// <inheritdoc cref="SendAsync(Room, string, CancellationToken)"/>
    Task<long> SendAsync(Room room, string text, long replyTo, CancellationToken cancellation);

    /// <inheritdoc cref="SendAsync(Room, string, CancellationToken)"/>
    Task<long> SendAsync(User to, string text, CancellationToken cancellation);

    /// <summary>Replaces the text of a message of its own.</summary>
    Task EditAsync(Room room, long number, string text, CancellationToken cancellation);

    /// <inheritdoc cref="EditAsync(Room, long, string, CancellationToken)"/>
    Task EditAsync(User with, long number, string text, CancellationToken cancellation);

    /// <summary>Deletes a message of its own.</summary>
    Task DeleteAsync(Room room, long number, CancellationToken cancellation);

    /// <inheritdoc cref="DeleteAsync(Room, long, CancellationToken)"/>
    Task DeleteAsync(User with, long number, CancellationToken cancellation);
}
