using Chat.Daemon.Delivery;
using Chat.Daemon.History;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Begins and ends what a connection receives for its user.</summary>
internal sealed class WelcomeDesk(PeerDirectory peers, ConversationStore store, People people)
{
    /// <summary>Queues <c>welcome</c>. Direct messages that come while it is made follow behind it.</summary>
    public async Task WelcomeAsync(Attachment attachment, string token, IReadOnlyList<RoomName> rooms, string? id)
    {
        var person = attachment.Person;
        attachment.Peer = peers.Attach(attachment.Connection, person);
        var direct = await DirectAsync(person, attachment.Connection.Ending);
        var welcome = new DaemonFrame.Welcome(person.Name.Text, person.Roles, token, [.. rooms.Select(r => r.Text)], direct) { Id = id };
        peers.Welcome(attachment.Peer, Outbox.Encoded(welcome));
    }

    public void Detach(Attachment attachment)
    {
        if (attachment.Peer is not null) peers.Detach(attachment.Peer);
    }

    /// <summary>The latest direct conversations, but for those with a guest whose name is another's by now: asked for by name, that other's would be read.</summary>
    private async Task<IReadOnlyList<DirectEntry>> DirectAsync(Person person, CancellationToken cancellation)
    {
        var entries = new List<DirectEntry>();
        foreach (var (direct, last) in await store.DirectOfAsync(person.Identity.Key, ProtocolLimits.DirectListed, cancellation))
        {
            var bearer = UserName.TryParse(direct.OtherName, out var name) ? await people.FindAsync(name, cancellation) : null;
            if (bearer is null || bearer.Identity.Key == direct.OtherIdentity) entries.Add(new DirectEntry(direct.OtherName, last));
        }
        return entries;
    }
}
