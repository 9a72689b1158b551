using System.Text;

namespace Chat.Plugins.Tests;

/// <summary>All capabilities; writes down what it is asked for, one line a call.</summary>
internal sealed class Scribe : IRooms, IMessages, INotices, IModeration, IDaemonControl, IPlugins, IAccounts, IPermissions, IHelp
{
    private readonly StringBuilder written = new();

    public string Written => written.ToString().TrimEnd();

    public IReadOnlyList<PluginSummary> All =>
    [
        new("dice", "1.0", "active") { Invocations = 12, Failures = 1, TotalTime = TimeSpan.FromMilliseconds(34.4), Collected = 2 }, new("junk", "", "faulted", "It is no plugin."),
    ];

    public Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation) => Write($"reload {id}", new PluginSummary(id, "1.0", "active"));

    public Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation) => Write($"disable {id}", new PluginSummary(id, "1.0", "disabled"));

    public Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation) => Write($"enable {id}", new PluginSummary(id, "1.0", "active"));

    public Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation) => Write($"roll back {id}", new PluginSummary(id, "0.9", "active"));

    public ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<RoomSummary>>([new(new("r1", "geral"), "Bem-vindos", 2), new(new("r2", "planos", IsPrivate: true), "", 1)]);

    public ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<string>>(["geral", "planos"]);

    public ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<User>>([new("1", "ana", Role.Admin), new("2", "bia", Role.Guest)]);

    public ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation) => ValueTask.FromResult("Bem-vindos");

    public Task SetTopicAsync(Room room, string topic, CancellationToken cancellation) => Write($"topic {room} {topic}");

    public Task<Room> JoinAsync(string room, CancellationToken cancellation) => Write($"join {room}", new Room("r1", room));

    public Task LeaveAsync(Room room, CancellationToken cancellation) => Write($"leave {room}");

    public Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation) => Write($"private {room}", new Room("r1", room, IsPrivate: true));

    public Task InviteAsync(Room room, User user, CancellationToken cancellation) => Write($"invite {room} {user}");

    public Task SendToRoomAsync(Room room, string text, CancellationToken cancellation) => Write($"notice {room} {text}");

    public Task SendToUserAsync(User user, string text, CancellationToken cancellation) => Write($"notice {user} {text}");

    public Task SendToAllAsync(string text, CancellationToken cancellation) => Write($"notice all {text}");

    public Task SendAsync(Room room, string text, CancellationToken cancellation) => Write($"send {room} {text}");

    public Task SendAsync(User to, string text, CancellationToken cancellation) => Write($"send {to} {text}");

    public Task KickAsync(Room room, User user, string reason, CancellationToken cancellation) => Write($"kick {room} {user} {reason}");

    public Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation) => Write($"ban {user} {Shown(duration)} {reason}");

    public Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation) => Write($"ban {network} {Shown(duration)} {reason}");

    public Task<bool> UnbanAsync(string target, CancellationToken cancellation) => Write($"unban {target}", target == "bia");

    public Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation) => Write($"mute {user} {room?.Name ?? "all"} {Shown(duration)} {reason}");

    public Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation) => Write($"unmute {user} {room?.Name ?? "all"}", user.Name == "bia");

    public Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation) => Write($"shutdown {Shown(delay)} {reason}");

    public Task<bool> CancelShutdownAsync(CancellationToken cancellation) => Write("cancel", true);

    ValueTask<IReadOnlyList<PermissionRule>> IPermissions.ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<PermissionRule>>([new("room.kick", null, Role.Moderator, "declared"), new("room.kick", new("r1", "geral"), Role.Guest, "decided"), new("user.ban", null, Role.Admin + 1, "settings")]);

    public Task SetAsync(string permission, Role lowest, Room? room, CancellationToken cancellation) => Write($"permission {permission} {lowest} {room?.Name ?? "all"}");

    public Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation) => Write($"reset {permission} {room?.Name ?? "all"}", permission == "room.kick");

    public ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        Write($"audit {caller} {command} {limit}");
        return ValueTask.FromResult<IReadOnlyList<AuditedCommand>>([new(DateTimeOffset.UnixEpoch, "k7", "mo", "kick", "geral", new Dictionary<string, string> { ["alvo"] = "a\"\nb" }, "ok", TimeSpan.Zero)]);
    }

    public ValueTask<User?> FindAsync(string name, CancellationToken cancellation) => ValueTask.FromResult<User?>(null);

    public Task SetRoleAsync(User user, Role role, CancellationToken cancellation) => Write($"role {user} {role}");

    public Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation) => Write($"create {name} {password} {role}", new User("3", name, role));

    public Task<string> InviteAsync(TimeSpan validFor, CancellationToken cancellation) => Write($"invite {Shown(validFor)}", "k7");

    public Task ChangePasswordAsync(string current, string replacement, CancellationToken cancellation) => Write($"password {current} {replacement}");

    public string Overview(CommandContext context) => "overview";

    public string? About(CommandContext context, string command) => command == "entrar" ? "about entrar" : null;

    public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) => ValueTask.FromResult<CommandResult>($"explained {line}");

    private static string Shown(TimeSpan? duration) => duration is { } length ? DurationText.Format(length) : "forever";

    private Task<bool> Write(string line) => Write(line, true);

    private Task<T> Write<T>(string line, T result)
    {
        written.AppendLine(line.TrimEnd());
        return Task.FromResult(result);
    }
}
