namespace Chat.Daemon.Commands;

/// <summary>Finds the users and rooms that arguments name. Safe from any thread; called under the connection's order, so it must not wait for other commands.</summary>
internal interface IEntityDirectory
{
    /// <summary>Whoever is connected under that name, else the account; null where there is neither.</summary>
    ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation);

    /// <summary>Null also for a room that the caller may not see.</summary>
    ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation);

    /// <summary>Names that begin so, without regard to case: of the room's members first, then of others who are connected.</summary>
    ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation);

    /// <summary>Names of rooms that the caller may see and that begin so, without regard to case.</summary>
    ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation);
}
