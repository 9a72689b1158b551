using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Bans and mutes users by what their sessions tell, and ends the sessions of a banned user. They are told by whom, why and for how long.
/// Safe from any thread.
/// </summary>
internal sealed class SessionBans(
    Bans bans, Mutes mutes, SessionRegistry sessionRegistry, SessionDirectory sessionDirectory, SecurityLog security)
{
    /// <summary>
    /// Bans an account wherever it comes from. A guest would come back with another session, so its name is banned in the network it
    /// came from.
    /// </summary>
    /// <param name="until">Null: until the ban is lifted.</param>
    public async Task BanAsync(User user, UserName name, DateTimeOffset? until, string reason, ChatUser by)
    {
        var identity = new Identity(user.Id);
        var (subject, network) = identity.IsGuest ? (Ban.SubjectOfGuest(name), NetworkOf(identity)) : (user.Id, null);
        var ban = new Ban(subject, user.Name, network, until, reason, by.Name.Text, by.Role);
        await bans.BanAsync(ban);
        security.Banned(user.Name, by.Name.Text);
        foreach (var session in sessionRegistry.SessionsOf(identity))
        {
            if (sessionRegistry.CurrentOf(session) is { } attachment) EndBanned(attachment, ban);
            await sessionDirectory.EndAsync(session);
        }
    }

    /// <summary>Bans a network for users of a lower role than <paramref name="by"/>.</summary>
    /// <param name="until">Null: until the ban is lifted.</param>
    public async Task BanAsync(IPNetwork network, DateTimeOffset? until, string reason, ChatUser by)
    {
        var ban = new Ban("", network.ToString(), network, until, reason, by.Name.Text, by.Role);
        await bans.BanAsync(ban);
        security.Banned(network.ToString(), by.Name.Text);
        foreach (var session in sessionRegistry.Attached().Where(s => s.User.Role < by.Role))
        {
            if (sessionRegistry.CurrentOf(session) is { } attachment && network.Contains(attachment.Connection.Address))
                EndBanned(attachment, ban);
        }
    }

    /// <returns>False if there was no such ban.</returns>
    public Task<bool> UnbanAsync(Predicate<Ban> which) => bans.UnbanAsync(which);

    /// <param name="conversation">0: everywhere.</param>
    /// <param name="room">Its name; null for a mute everywhere.</param>
    public async Task MuteAsync(ChatUser user, long conversation, string? room, TimeSpan length, string reason, ChatUser by)
    {
        var mute = await mutes.AddAsync(user, sessionRegistry.SpeakerOf(user).Address, conversation, length, reason, by.Name.Text);
        foreach (var session in sessionRegistry.SessionsOf(user.Identity))
        {
            if (sessionRegistry.CurrentOf(session) is { } attachment)
                Tell(attachment, attachment.Texts.Muted(new ActiveMute(mute, length, IsSpread: false)), room);
        }
    }

    /// <param name="conversation">0: a mute everywhere.</param>
    /// <returns>False if the user was not muted there.</returns>
    public Task<bool> UnmuteAsync(ChatUser user, long conversation) => mutes.LiftAsync(sessionRegistry.SpeakerOf(user), conversation);

    public IReadOnlyList<Ban> ListBans() => bans.All;

    public IReadOnlyList<Mute> ListMutes() => mutes.All;

    private void EndBanned(Attachment attachment, Ban ban)
    {
        Tell(attachment, attachment.Texts.Banned(bans.InEffect(ban)));
        attachment.Connection.End(ByeReason.Banned);
    }

    private static void Tell(Attachment attachment, string text, string? room = null) =>
        attachment.Connection.Outbox.Deliver(Outbox.Encoded(new DaemonFrame.Notice(text, room)));

    /// <summary>The address of a connected user; of IPv6 its 64 bits of network. Null for a user without a connection.</summary>
    private IPNetwork? NetworkOf(Identity identity)
    {
        var address = sessionRegistry.SessionsOf(identity).Select(s => sessionRegistry.CurrentOf(s)?.Connection.Address)
            .FirstOrDefault(a => a is not null);
        return address is null ? null : AddressNetwork.Of(address, ipv6Bits: 64);
    }
}
