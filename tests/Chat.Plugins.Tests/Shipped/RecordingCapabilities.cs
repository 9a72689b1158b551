using System.Text;

namespace Chat.Plugins.Tests.Shipped;

/// <summary>Implements every capability and records each call as one line.</summary>
internal sealed class RecordingCapabilities
    : IRooms, IMessages, INotices, IModeration, IDaemonControl, IPlugins, IAccounts, IPermissions, IHelp, IBlocks, ISearch
{
    private readonly StringBuilder lines = new();

    public string Recorded => lines.ToString().TrimEnd();

    public IReadOnlyList<PluginSummary> All =>
    [
        new("dice", "1.0", "active") { Invocations = 12, Failures = 1, TotalTime = TimeSpan.FromMilliseconds(34.4), Collected = 2 },
        new("junk", "", "faulted", "It is no plugin."),
    ];

    public IReadOnlyList<PluginSwapSummary> Swaps =>
    [
        new(DateTimeOffset.UnixEpoch, "dice", "replaced", "1.0", "2.0") { Duration = TimeSpan.FromMilliseconds(34.4) },
        new(DateTimeOffset.UnixEpoch, "dice", "refused", "1.0", "1.1") { Reason = "It is no plugin." },
    ];

    public IReadOnlyList<HookSummary> Hooks =>
    [
        new("dice", "Luck", true, new Dictionary<string, long> { ["allowed"] = 3, ["failed"] = 0 })
        {
            TotalTime = TimeSpan.FromMilliseconds(2),
        },
    ];

    public Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation) =>
        Record($"reload {id}", new PluginSummary(id, "1.0", "active"));

    public Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation) =>
        Record($"disable {id}", new PluginSummary(id, "1.0", "disabled"));

    public Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation) =>
        Record($"enable {id}", new PluginSummary(id, "1.0", "active"));

    public Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation) =>
        Record($"roll back {id}", new PluginSummary(id, "0.9", "active"));

    public ValueTask<IReadOnlyList<RoomSummary>> ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<RoomSummary>>(
            [new(new("r1", "geral"), "Bem-vindos", 2), new(new("r2", "planos", IsPrivate: true), "", 1)]);

    public ValueTask<IReadOnlyList<string>> ListNamesAsync(string prefix, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>(["geral", "planos"]);

    public ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<User>>([new("1", "ana", Role.Admin), new("2", "bia", Role.Guest)]);

    public ValueTask<string> GetTopicAsync(Room room, CancellationToken cancellation) => ValueTask.FromResult("Bem-vindos");

    public Task SetTopicAsync(Room room, string topic, CancellationToken cancellation) => Record($"topic {room} {topic}");

    public Task<Room> JoinAsync(string room, CancellationToken cancellation) => Record($"join {room}", new Room("r1", room));

    public Task LeaveAsync(Room room, CancellationToken cancellation) => Record($"leave {room}");

    public Task DeleteAsync(Room room, CancellationToken cancellation) => Record($"delete {room}");

    public ValueTask<Retention> GetRetentionAsync(Room room, CancellationToken cancellation) =>
        ValueTask.FromResult(new Retention(30, 0, HasOwnDays: false, HasOwnMessages: false));

    public Task SetRetentionAsync(Room room, int? days, int? messages, CancellationToken cancellation) =>
        Record($"retention {room} {Shown(days)} {Shown(messages)}");

    public Task<Room> CreatePrivateAsync(string room, CancellationToken cancellation) =>
        Record($"private {room}", new Room("r1", room, IsPrivate: true));

    public Task InviteAsync(Room room, User user, CancellationToken cancellation) => Record($"invite {room} {user}");

    public Task SendToRoomAsync(Room room, string text, CancellationToken cancellation) => Record($"notice {room} {text}");

    public Task SendToUserAsync(User user, string text, CancellationToken cancellation) => Record($"notice {user} {text}");

    public Task SendToAllAsync(string text, CancellationToken cancellation) => Record($"notice all {text}");

    public Task<string?> CheckAsync(Room room, string text, CancellationToken cancellation) => Task.FromResult<string?>(text);

    public Task SendAsync(Room room, string text, CancellationToken cancellation) => Record($"send {room} {text}");

    public Task SendAsync(User to, string text, CancellationToken cancellation) => Record($"send {to} {text}");

    public Task EditAsync(Room room, long number, string text, CancellationToken cancellation) => Record($"edit {room} {number} {text}");

    public Task EditAsync(User with, long number, string text, CancellationToken cancellation) => Record($"edit {with} {number} {text}");

    public Task DeleteAsync(Room room, long number, CancellationToken cancellation) => Record($"delete {room} {number}");

    public Task DeleteAsync(User with, long number, CancellationToken cancellation) => Record($"delete {with} {number}");

    public Task<long> MarkReadAsync(Room room, long? number, CancellationToken cancellation) =>
        Record($"read {room} {number}", number ?? 44);

    public Task<long> MarkReadAsync(User with, long? number, CancellationToken cancellation) =>
        Record($"read {with} {number}", number ?? 44);

    public Task<FoundMessages> FindAsync(MessageQuery query, CancellationToken cancellation) => Record(
        $"search {query.Text} {query.Room} {query.From} {query.Before} {query.Limit}",
        new FoundMessages(
            [new(44, "bia", new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "O café\nestá \u202Epronto", "geral", null)], "q0c7"));

    public Task<int> DeleteLatestAsync(Room room, User author, int count, CancellationToken cancellation) =>
        Record($"delete {count} of {author} {room}", count);

    public Task ReactAsync(Room room, long number, string emoji, bool remove, CancellationToken cancellation) =>
        Record($"react {room} {number} {emoji} {remove}");

    public Task ReactAsync(User with, long number, string emoji, bool remove, CancellationToken cancellation) =>
        Record($"react {with} {number} {emoji} {remove}");

    public Task KickAsync(Room room, User user, string reason, CancellationToken cancellation) => Record($"kick {room} {user} {reason}");

    public Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation) =>
        Record($"ban {user} {Format(duration)} {reason}");

    public Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation) =>
        Record($"ban {network} {Format(duration)} {reason}");

    public Task<bool> UnbanAsync(string target, CancellationToken cancellation) => Record($"unban {target}", target == "bia");

    public Task BlockAsync(User user, CancellationToken cancellation) => Record($"block {user}");

    public Task<bool> UnblockAsync(string name, CancellationToken cancellation) => Record($"unblock {name}", name == "bia");

    ValueTask<IReadOnlyList<string>> IBlocks.ListAsync(CancellationToken cancellation) => new(["gil"]);

    public Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation) =>
        Record($"mute {user} {room?.Name ?? "all"} {Format(duration)} {reason}");

    public Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation) =>
        Record($"unmute {user} {room?.Name ?? "all"}", user.Name == "bia");

    public ValueTask<IReadOnlyList<BanSummary>> ListBansAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<BanSummary>>(
        [
            new("bia", null, null, "", "mo"), new("gil", "203.0.113.5/32", TimeSpan.FromSeconds(3_599), "propaganda", "mo"),
            new("203.0.113.0/24", null, TimeSpan.FromSeconds(86_399), "", "mo"),
        ]);

    public ValueTask<IReadOnlyList<MuteSummary>> ListMutesAsync(Room? room, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<MuteSummary>>(room is null
            ? []
            : [new("bia", false, TimeSpan.FromSeconds(599), "propaganda", "mo"), new("gil", true, TimeSpan.FromSeconds(59), "", "mo")]);

    public Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation) =>
        Record($"shutdown {Format(delay)} {reason}");

    public Task<bool> ShutdownNodeAsync(string node, CancellationToken cancellation) => Record($"shutdown node {node}", node == "beta");

    public Task<bool> CancelShutdownAsync(CancellationToken cancellation) => Record("cancel", true);

    ValueTask<IReadOnlyList<PermissionRule>> IPermissions.ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<PermissionRule>>(
        [
            new("room.kick", null, Role.Moderator, "declared"), new("room.kick", new("r1", "geral"), Role.Guest, "decided"),
            new("user.ban", null, Role.Admin + 1, "settings"),
        ]);

    public Task SetAsync(string permission, Role lowest, Room? room, CancellationToken cancellation) =>
        Record($"permission {permission} {lowest} {room?.Name ?? "all"}");

    public Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation) =>
        Record($"reset {permission} {room?.Name ?? "all"}", permission == "room.kick");

    public ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        Record($"audit {caller} {command} {limit}");
        var arguments = new Dictionary<string, string> { ["alvo"] = "a\"\nb" };
        return ValueTask.FromResult<IReadOnlyList<AuditedCommand>>(
            [new(DateTimeOffset.UnixEpoch, "k7", "mo", "kick", "geral", arguments, "ok", TimeSpan.Zero)]);
    }

    public ValueTask<User?> FindAsync(string name, CancellationToken cancellation) => ValueTask.FromResult<User?>(null);

    public Task SetRoleAsync(User user, Role role, CancellationToken cancellation) => Record($"role {user} {role}");

    public Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation) =>
        Record($"create {name} {password} {role}", new User("3", name, role));

    public Task<string> InviteAsync(TimeSpan validFor, CancellationToken cancellation) => Record($"invite {Format(validFor)}", "k7");

    public Task ChangePasswordAsync(string current, string replacement, CancellationToken cancellation) =>
        Record($"password {current} {replacement}");

    public async ValueTask<IReadOnlyList<AccountSession>> ListSessionsAsync(User account, int limit, CancellationToken cancellation)
    {
        await Record($"sessions {account}");
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        return [new(17, noon, noon, IsConnected: true, IsCallers: true)];
    }

    public Task<bool> EndSessionAsync(User account, long session, CancellationToken cancellation) =>
        Record($"end {account} {session}", session == 18);

    public Task<int> EndSessionsAsync(User account, CancellationToken cancellation) => Record($"end {account}", 2);

    public string Overview(CommandContext context) => "overview";

    public string? About(CommandContext context, string command) => command == "entrar" ? "about entrar" : null;

    public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) =>
        ValueTask.FromResult<CommandResult>($"explained {line}");

    private static string Format(TimeSpan? duration) => duration is { } length ? DurationText.Format(length) : "forever";

    private Task<bool> Record(string line) => Record(line, true);

    private Task<T> Record<T>(string line, T result)
    {
        lines.AppendLine(line.TrimEnd());
        return Task.FromResult(result);
    }

    private static string Shown(int? limit) => limit is { } number ? $"{number}" : "-";
}
