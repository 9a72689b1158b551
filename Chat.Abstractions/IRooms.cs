namespace Chat;

/// <summary>Rooms as the caller of the invocation may see and change them.</summary>
public interface IRooms
{
    /// <summary>By name; a private room that the caller is not in is not among them.</summary>
    ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>Names of rooms that the caller may join, by name: those that begin so, without regard to case. Quick however many rooms there are.</summary>
    /// <param name="prefix">Empty: all.</param>
    /// <param name="limit">At most 500.</param>
    ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation);

    /// <summary>Those connected now, by name.</summary>
    ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation);

    /// <summary>Empty where none is set.</summary>
    ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation);

    /// <exception cref="RefusalException"><c>text_too_long</c>, <c>storage</c>.</exception>
    Task SetTopicAsync(Room room, string topic, CancellationToken cancellation);

    /// <summary>The connection that issued the command joins; a room that does not exist is created where the caller may.</summary>
    /// <exception cref="RefusalException"><c>no_such_room</c>, <c>bad_name</c>, <c>banned</c>, <c>forbidden</c>, <c>too_many_rooms</c>.</exception>
    Task<Room> JoinAsync(string room, CancellationToken cancellation);

    /// <summary>The connection that issued the command leaves.</summary>
    /// <exception cref="RefusalException"><c>not_in_room</c>.</exception>
    Task LeaveAsync(Room room, CancellationToken cancellation);

    /// <summary>The caller becomes its owner and first member.</summary>
    /// <exception cref="RefusalException"><c>name_taken</c>, <c>bad_name</c>, <c>forbidden</c>.</exception>
    Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation);

    /// <summary>Lets the user join a private room, and tells it.</summary>
    /// <exception cref="RefusalException"><c>forbidden</c>: the caller is neither owner nor moderator.</exception>
    Task InviteAsync(Room room, User user, CancellationToken cancellation);
}

/// <param name="Members">Users connected to it now.</param>
public sealed record RoomSummary(Room Room, string Topic, int Members);
