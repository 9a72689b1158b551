namespace Chat.Daemon.Commands;

/// <summary>
/// Finds the users and rooms that arguments name. An interface, because rooms and sessions use this stage, which must not use them. Safe
/// from any thread. The connection's loop waits for it, so it must not wait for other commands.
/// </summary>
internal interface IEntityDirectory
{
    /// <summary>The guest who has the name now, else the account of that name, else null.</summary>
    ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation);

    /// <summary>Null also for a room that the caller may not see.</summary>
    ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation);

    /// <summary>Names with that beginning, ignoring case: first the room's members, then others who are connected.</summary>
    ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation);

    /// <summary>Names with that beginning, ignoring case, of rooms that the caller may see.</summary>
    ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation);
}
