namespace Chat;

/// <summary>
/// Sends notices: texts that are shown now, but not numbered or stored. You can inject it anywhere, also into filters and event
/// handlers.
/// </summary>
/// <remarks>
/// While a command runs, its caller counts as the writer: filters see the text, and a caller who is muted or may not write in the room is
/// refused, unless the notice is for the caller alone.
/// </remarks>
public interface INotices
{
    /// <summary>To everybody in the room.</summary>
    /// <exception cref="RefusalException">
    /// <c>text_too_long</c>, <c>text_empty</c>, <c>bad_arguments</c>: the text contains a control character; within a command also
    /// <c>muted</c>, <c>forbidden</c>, <c>rejected</c> and what else a message can be refused with.
    /// </exception>
    Task SendToRoomAsync(Room room, string text, CancellationToken cancellation);

    /// <summary>To every connection of the user. Without a connection, nobody gets it.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToUserAsync(User user, string text, CancellationToken cancellation);

    /// <summary>To every user who is connected.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToAllAsync(string text, CancellationToken cancellation);

    /// <summary>
    /// Checks a text that you keep and show in the room later, as if it were sent now. Call it when the user gives you the text.
    /// </summary>
    /// <returns>The text as filters left it; null if one dropped it: then answer as if all were well.</returns>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task<string?> CheckAsync(Room room, string text, CancellationToken cancellation);
}
