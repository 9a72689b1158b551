namespace Chat;

/// <summary>Rooms, as far as the caller may see and change them.</summary>
public interface IRooms
{
    /// <summary>The rooms in the order of their names, without private rooms that the caller is not in.</summary>
    ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>
    /// The names of rooms that the caller may join and that start with the prefix, ignoring case. Fast, even with many rooms.
    /// </summary>
    /// <param name="prefix">Empty for all rooms.</param>
    /// <param name="limit">At most 500.</param>
    ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation);

    /// <summary>The users who are connected to the room, in the order of their names.</summary>
    ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation);

    /// <summary>Empty if the room has no topic.</summary>
    ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation);

    /// <exception cref="RefusalException"><c>text_too_long</c>, <c>storage</c>.</exception>
    Task SetTopicAsync(Room room, string topic, CancellationToken cancellation);

    /// <summary>Joins the caller's connection to the room. Creates the room if it does not exist and the caller may create it.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_room</c>, <c>bad_name</c>, <c>forbidden</c>, <c>too_many_rooms</c>; for a new room also <c>rate_limited</c>,
    /// <c>muted</c>, <c>rejected</c>.
    /// </exception>
    Task<Room> JoinAsync(string room, CancellationToken cancellation);

    /// <summary>Takes the caller's connection out of the room.</summary>
    /// <exception cref="RefusalException"><c>not_in_room</c>.</exception>
    Task LeaveAsync(Room room, CancellationToken cancellation);

    /// <summary>Creates a private room. The caller becomes its owner and first member.</summary>
    /// <exception cref="RefusalException">
    /// <c>name_taken</c>, <c>bad_name</c>, <c>forbidden</c>, <c>too_many_rooms</c>, <c>rate_limited</c>.
    /// </exception>
    Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation);

    /// <summary>Lets the user join a private room, and sends them an invitation.</summary>
    /// <exception cref="RefusalException"><c>forbidden</c>: the caller is neither owner nor moderator.</exception>
    Task InviteAsync(Room room, User user, CancellationToken cancellation);

    /// <summary>How long the room keeps its messages.</summary>
    /// <exception cref="RefusalException"><c>no_such_room</c>.</exception>
    ValueTask<Retention> GetRetentionAsync(Room room, CancellationToken cancellation);

    /// <summary>Sets the room's own limits, and soon removes the messages beyond them for good.</summary>
    /// <param name="days">0 = forever; null where the daemon's limit applies.</param>
    /// <param name="messages">The newest ones that it keeps, 0 = all; null where the daemon's limit applies.</param>
    /// <exception cref="RefusalException">
    /// <c>no_such_room</c>; <c>bad_arguments</c>; <c>forbidden</c>: the caller lacks the permission <c>room.retention</c> there. The owner
    /// of a private room needs none to keep messages no longer than the daemon does.
    /// </exception>
    Task SetRetentionAsync(Room room, int? days, int? messages, CancellationToken cancellation);

    /// <summary>Deletes the room with its messages and takes everybody out of it.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_room</c>; <c>forbidden</c>: the caller lacks the permission <c>room.delete</c> there, or it is the default room.
    /// </exception>
    Task DeleteAsync(Room room, CancellationToken cancellation);
}
