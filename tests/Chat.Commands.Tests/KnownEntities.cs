using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

/// <summary>A few users and rooms, found without regard to case.</summary>
internal sealed class KnownEntities : IEntityDirectory
{
    public static readonly User
        Ana = new("a:1", "ana", Role.Admin), Bia = new("a:2", "bia", Role.Member),
        Gil = new("g:3", "gil", Role.Guest), Mo = new("a:4", "mo", Role.Moderator);

    public static readonly Room Geral = new("r:1", "geral"), Secreta = new("r:2", "secreta", IsPrivate: true);

    public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
        ValueTask.FromResult(new[] { Ana, Bia, Gil, Mo }.FirstOrDefault(u => Is(u.Name, name)));

    public ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation) =>
        ValueTask.FromResult(Visible(caller).FirstOrDefault(r => Is(r.Name, name)));

    public ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
            [.. new[] { Ana, Bia, Gil, Mo }.Select(u => u.Name).Where(n => Begins(n, beginning)).Take(limit)]);

    public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. Visible(caller).Select(r => r.Name).Where(n => Begins(n, beginning)).Take(limit)]);

    private static IEnumerable<Room> Visible(User caller) => new[] { Geral, Secreta }.Where(r => !r.IsPrivate || caller.Role == Role.Admin);

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string name, string beginning) => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);
}
