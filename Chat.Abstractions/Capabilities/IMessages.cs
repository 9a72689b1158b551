namespace Chat;

/// <summary>
/// Sends messages as the caller, and changes what was sent. For a text that need not be stored, use <see cref="INotices"/>.
/// </summary>
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

    /// <summary>
    /// Replaces the text of a message of the caller's own, by the rules for a new one. Nothing happens if the text is the same. A message
    /// that a command posted cannot be edited.
    /// </summary>
    /// <param name="room">A room that the caller is in.</param>
    /// <param name="number">The <c>seq</c> of the message.</param>
    /// <exception cref="RefusalException">
    /// It is refused, with the code that the caller would get: <c>no_such_message</c>, <c>forbidden</c>, <c>muted</c> and others.
    /// </exception>
    Task EditAsync(Room room, long number, string text, CancellationToken cancellation);

    /// <inheritdoc cref="EditAsync(Room, long, string, CancellationToken)"/>
    /// <param name="with">The other user of the direct conversation.</param>
    Task EditAsync(User with, long number, string text, CancellationToken cancellation);

    /// <summary>
    /// Erases the text of a message: the caller's own or, in a room, that of a user whom they may moderate. Nothing happens if it is
    /// erased already.
    /// </summary>
    /// <inheritdoc cref="EditAsync(Room, long, string, CancellationToken)"/>
    Task DeleteAsync(Room room, long number, CancellationToken cancellation);

    /// <inheritdoc cref="DeleteAsync(Room, long, CancellationToken)"/>
    /// <param name="with">The other user of the direct conversation.</param>
    Task DeleteAsync(User with, long number, CancellationToken cancellation);

    /// <summary>
    /// Deletes the newest messages of a user in a room, each as one change, under the rules of
    /// <see cref="DeleteAsync(Room, long, CancellationToken)"/>. Only the newest 2,000 messages of the room are searched.
    /// </summary>
    /// <param name="count">1 to 100.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="RefusalException">A message is refused. Newer ones may be deleted by then.</exception>
    Task<int> DeleteLatestAsync(Room room, User author, int count, CancellationToken cancellation);

    /// <summary>Adds the caller's reaction to a message, or takes it back. Nothing happens if it is there already, or is not.</summary>
    /// <param name="emoji">One emoji, fully qualified.</param>
    /// <param name="remove">Takes the reaction back.</param>
    /// <inheritdoc cref="EditAsync(Room, long, string, CancellationToken)"/>
    Task ReactAsync(Room room, long number, string emoji, bool remove, CancellationToken cancellation);

    /// <inheritdoc cref="ReactAsync(Room, long, string, bool, CancellationToken)"/>
    /// <param name="with">The other user of the direct conversation.</param>
    Task ReactAsync(User with, long number, string emoji, bool remove, CancellationToken cancellation);

    /// <summary>
    /// Says how far the caller has read in a room, on all devices. The mark never goes back. Only accounts have marks: a guest gets the
    /// refusal <c>forbidden</c>.
    /// </summary>
    /// <param name="number">The <c>seq</c> of the last message read; null for all.</param>
    /// <returns>How far the caller has read now.</returns>
    /// <exception cref="RefusalException">It is refused, with the code that the caller would get.</exception>
    Task<long> MarkReadAsync(Room room, long? number, CancellationToken cancellation);

    /// <inheritdoc cref="MarkReadAsync(Room, long?, CancellationToken)"/>
    /// <param name="with">The other user of the direct conversation.</param>
    Task<long> MarkReadAsync(User with, long? number, CancellationToken cancellation);
}
