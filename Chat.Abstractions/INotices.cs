namespace Chat;

/// <summary>Says something to people without a message: not stored, no number. To be had everywhere, also by filters and event handlers.</summary>
public interface INotices
{
    /// <summary>To everybody in the room.</summary>
    /// <exception cref="RefusalException"><c>text_too_long</c>, <c>text_empty</c>, <c>bad_arguments</c>: a control character.</exception>
    Task SendToRoomAsync(Room room, string text, CancellationToken cancellation);

    /// <summary>To every connection of the user; nobody is told where there is none.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToUserAsync(User user, string text, CancellationToken cancellation);

    /// <summary>To everybody who is connected.</summary>
    /// <inheritdoc cref="SendToRoomAsync" path="/exception"/>
    Task SendToAllAsync(string text, CancellationToken cancellation);
}
