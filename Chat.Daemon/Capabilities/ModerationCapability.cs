using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IModeration"/>
internal sealed partial class ModerationCapability(
    Attachment caller, ConversationRegistry conversations, Notifier notices, BansAndMutes restrictions, SessionRegistry sessions, SessionLifecycle attaching, TimeProvider time,
    ILogger<ModerationCapability> logger) : IModeration
{
    private string By => caller.User.Name.Text;

    private Role Rank => caller.User.Role;

    public async Task KickAsync(Room room, User user, string reason, CancellationToken cancellation)
    {
        using var lease = RoomName.TryParse(room.Name, out var name) ? await conversations.FindRoomAsync(name, cancellation) : null;
        if (lease is null) throw Refused(RefusalCode.NotInRoom);
        var fanout = lease.Conversation.Fanout;
        var members = fanout.SubscribersOf(new Identity(user.Id));
        if (members.Count == 0) throw new RefusalException(RefusalCode.NotInRoom, caller.Texts.NotHere(user.Name));
        notices.TellRoom(lease.Conversation, texts => texts.Kicked(user.Name, reason)); // the one concerned hears the reason too
        foreach (var subscriber in members) fanout.Leave(subscriber, new DaemonFrame.Left(lease.Conversation.Name.Text, ByeReason.Kicked));
        LogKicked(logger, user.Name, lease.Conversation.Name.Text, By);
    }

    public async Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var identity = new Identity(user.Id);
        var until = time.GetUtcNow() + duration;
        await restrictions.BanAsync(identity.IsGuest ? BanOfGuest(user, until, reason) : new Ban(user.Id, user.Name, null, until, reason, By, Rank));
        LogBanned(logger, user.Name, By);
        foreach (var session in sessions.SessionsOf(identity)) await EndAsync(session);
    }

    public async Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NetworkOf(network) is not { } banned) throw Refused(RefusalCode.BadArguments);
        if (banned.Contains(caller.Connection.Address)) throw Refused(RefusalCode.Forbidden);
        await restrictions.BanAsync(new Ban("", banned.ToString(), banned, time.GetUtcNow() + duration, reason, By, Rank));
        LogBanned(logger, banned.ToString(), By);
        foreach (var session in sessions.Attached().Where(s => s.User.Role < Rank))
            if (sessions.CurrentOf(session) is { } attachment && banned.Contains(attachment.Connection.Address)) attachment.Connection.End(ByeReason.Banned);
    }

    public Task<bool> UnbanAsync(string target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = NetworkOf(target);
        var key = UserName.TryParse(target, out var name) ? name.Key : null;
        return restrictions.UnbanAsync(ban => (network is not null && ban.Subject.Length == 0 && ban.Network.Equals(network))
            || (key is not null && UserName.TryParse(ban.Name, out var banned) && banned.Key == key));
    }

    public Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return restrictions.MuteAsync(KeyOf(user, room), time.GetUtcNow() + duration, reason, By);
    }

    public Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return restrictions.UnmuteAsync(KeyOf(user, room));
    }

    /// <summary>A guest comes back under another session at once: so the name is banned, in the network it came from.</summary>
    private Ban BanOfGuest(User user, DateTimeOffset? until, string reason)
    {
        if (!UserName.TryParse(user.Name, out var name)) throw Refused(RefusalCode.BadName);
        var address = sessions.SessionsOf(new Identity(user.Id)).Select(s => sessions.CurrentOf(s)?.Connection.Address).FirstOrDefault(a => a is not null);
        var network = address is null ? (IPNetwork?)null : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(Prefix(address), 64) : new IPNetwork(address, 32);
        return new Ban(Ban.SubjectOfGuest(name), user.Name, network, until, reason, By, Rank);
    }

    private async Task EndAsync(Session session)
    {
        sessions.CurrentOf(session)?.Connection.End(ByeReason.Banned);
        await attaching.EndAsync(session);
    }

    private static MuteKey KeyOf(User user, Room? room) => new(user.Id, room is null ? 0 : long.Parse(room.Id, System.Globalization.CultureInfo.InvariantCulture));

    private static IPNetwork? NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));

    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "{User} kicked out of {Room} by {Moderator}")]
    private static partial void LogKicked(ILogger logger, string user, string room, string moderator);

    [LoggerMessage(EventId = 502, Level = LogLevel.Information, Message = "{Target} banned by {Moderator}")]
    private static partial void LogBanned(ILogger logger, string target, string moderator);
}
