using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IModeration"/>
internal sealed class ModerationCapability(
    Attachment caller, RoomModeration roomModeration, SessionBans sessionBans, TextGate gate, TimeProvider time) : IModeration
{
    public async Task KickAsync(Room room, User user, string reason, CancellationToken cancellation)
    {
        var here = RoomName.TryParse(room.Name, out var name) ? caller.In(name.Key)?.Room : null;
        var passed = await PassAsync(new(DraftKind.Reason, reason) { Place = here });
        if (!await roomModeration.KickAsync(room.Name, user, passed, caller.User, cancellation).OrRefusedAsync(caller.Texts))
            throw new RefusalException(RefusalCode.NotInRoom, caller.Texts.NotHere(user.Name));
    }

    public async Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!UserName.TryParse(user.Name, out var name)) throw Refused(RefusalCode.BadName);
        var passed = await PassAsync(new(DraftKind.Reason, reason) { Recipient = user });
        await sessionBans.BanAsync(user, name, time.GetUtcNow() + duration, passed, caller.User);
    }

    public async Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NetworkOf(network) is not { } banned) throw Refused(RefusalCode.BadArguments);
        if (banned.Contains(caller.Connection.Address)) throw Refused(RefusalCode.Forbidden);
        var passed = await PassAsync(new(DraftKind.Reason, reason));
        await sessionBans.BanAsync(banned, time.GetUtcNow() + duration, passed, caller.User);
    }

    public Task<bool> UnbanAsync(string target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = NetworkOf(target);
        var key = UserName.TryParse(target, out var name) ? name.Key : null;
        return sessionBans.UnbanAsync(ban => (network is not null && ban.Subject.Length == 0 && ban.Network.Equals(network))
            || (key is not null && UserName.TryParse(ban.Name, out var banned) && banned.Key == key));
    }

    public async Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var passed = await PassAsync(new(DraftKind.Reason, reason) { Recipient = user });
        await sessionBans.MuteAsync(UserOf(user), IdOf(room), room?.Name, duration, passed, caller.User);
    }

    public Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return sessionBans.UnmuteAsync(UserOf(user), IdOf(room));
    }

    public ValueTask<IReadOnlyList<BanSummary>> ListBansAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return new([.. sessionBans.ListBans().Select(ban => new BanSummary(
            ban.Name, ban.Subject.Length == 0 ? null : ban.Network?.ToString(), ban.Until - now, Line(ban.Reason), ban.By))]);
    }

    public ValueTask<IReadOnlyList<MuteSummary>> ListMutesAsync(Room? room, CancellationToken cancellation)
    {
        var (now, id) = (time.GetUtcNow(), IdOf(room));
        return new([.. sessionBans.ListMutes().Where(mute => mute.Conversation == 0 || mute.Conversation == id)
            .OrderBy(mute => mute.Name, StringComparer.InvariantCultureIgnoreCase)
            .Select(mute => new MuteSummary(mute.Name, mute.Conversation == 0, mute.Until - now, Line(mute.Reason), mute.By))]);
    }

    /// <summary>Reasons that were given before they had to be lines.</summary>
    private static string Line(string reason) =>
        TextRules.IsOneLine(reason) ? reason : TextRules.Harmless(reason).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>The reason as it may be shown; empty if a filter dropped it.</summary>
    private async Task<string> PassAsync(OutgoingText reason) => await gate.PassOrThrowAsync(caller, reason) ?? "";

    private ChatUser UserOf(User user) => UserName.TryParse(user.Name, out var name)
        ? new ChatUser(new Identity(user.Id), name, user.Role)
        : throw Refused(RefusalCode.BadName);

    private static long IdOf(Room? room) => room is null ? 0 : long.Parse(room.Id, CultureInfo.InvariantCulture);

    private static IPNetwork? NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
