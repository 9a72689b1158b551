namespace Chat;

/// <summary>
/// Sends notices: texts that are shown now, but not numbered or stored. You can inject it anywhere, also into filters and event
/// handlers.
/// </summary>
public interface INotices
{
    /// <summary>To everybody in the room.</summary>
    /// <exception cref="RefusalException">
    /// <c>text_too_long</c>, <c>text_empty</c>, <c>bad_arguments</c>: the text contains a control character.
    /// </exception>
    Task SendToRoomAsync(Room room, string text, CancellationToken cancellation);

    /// <summary>To every connection of the user. Without a connection, nobody gets it.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToUserAsync(User user, string text, CancellationToken cancellation);

    /// <summary>To every user who is connected.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToAllAsync(string text, CancellationToken cancellation);
}
