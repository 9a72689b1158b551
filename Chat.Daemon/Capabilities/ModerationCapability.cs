using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IModeration"/>
internal sealed class ModerationCapability(
    Attachment caller, RoomModeration roomModeration, SessionBans sessionBans, BansAndMutes bansAndMutes, TimeProvider time) : IModeration
{
    public async Task KickAsync(Room room, User user, string reason, CancellationToken cancellation)
    {
        if (!await roomModeration.KickAsync(room.Name, user, reason, caller.User.Name.Text, cancellation))
            throw new RefusalException(RefusalCode.NotInRoom, caller.Texts.NotHere(user.Name));
    }

    public Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!UserName.TryParse(user.Name, out var name)) throw Refused(RefusalCode.BadName);
        return sessionBans.BanAsync(user, name, time.GetUtcNow() + duration, reason, caller.User);
    }

    public Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NetworkOf(network) is not { } banned) throw Refused(RefusalCode.BadArguments);
        if (banned.Contains(caller.Connection.Address)) throw Refused(RefusalCode.Forbidden);
        return sessionBans.BanAsync(banned, time.GetUtcNow() + duration, reason, caller.User);
    }

    public Task<bool> UnbanAsync(string target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = NetworkOf(target);
        var key = UserName.TryParse(target, out var name) ? name.Key : null;
        return bansAndMutes.UnbanAsync(ban => (network is not null && ban.Subject.Length == 0 && ban.Network.Equals(network))
            || (key is not null && UserName.TryParse(ban.Name, out var banned) && banned.Key == key));
    }

    public Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return bansAndMutes.MuteAsync(KeyOf(user, room), time.GetUtcNow() + duration, reason, caller.User.Name.Text);
    }

    public Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return bansAndMutes.UnmuteAsync(KeyOf(user, room));
    }

    private static MuteKey KeyOf(User user, Room? room) =>
        new(user.Id, room is null ? 0 : long.Parse(room.Id, CultureInfo.InvariantCulture));

    private static IPNetwork? NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
