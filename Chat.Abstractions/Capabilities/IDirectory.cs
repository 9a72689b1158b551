namespace Chat;

/// <summary>
/// Looks up users, rooms and messages of rooms at any time, without a caller: private rooms too. What a command shows to its caller comes
/// from <see cref="IRooms"/>.
/// </summary>
public interface IDirectory
{
    /// <summary>The guest who has the name now, else the account of that name, else null.</summary>
    ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation);

    /// <returns>Null if there is no such room.</returns>
    ValueTask<Room?> FindRoomAsync(string name, CancellationToken cancellation);

    /// <summary>A message of a room, as it is now.</summary>
    /// <returns>Null if the room has no message of that number, or if the message was deleted.</returns>
    ValueTask<FoundMessage?> FindMessageAsync(Room room, long number, CancellationToken cancellation);

    /// <summary>All rooms by name, with topics and the number of users in each.</summary>
    ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellation);

    /// <summary>The users who are in the room now, by name; empty if there is no such room.</summary>
    ValueTask<IReadOnlyList<User>> ListPresentAsync(Room room, CancellationToken cancellation);

    /// <summary>The accounts that have the room on their list, connected or not. A role may be a moment old.</summary>
    ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation);

    /// <summary>The users who are connected now, each once, by name.</summary>
    IReadOnlyList<User> ListOnline();

    bool IsOnline(User user);
}
