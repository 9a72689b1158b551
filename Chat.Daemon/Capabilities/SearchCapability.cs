using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="ISearch"/>
internal sealed class SearchCapability(Attachment caller, SearchRequests requests) : ISearch
{
    public async Task<FoundMessages> FindAsync(MessageQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (caller.IsOver) throw new Refusal(RefusalCode.Unavailable).ToException(caller.Texts);
        FoundMessages? page = null;
        var frame = new ClientFrame.Search(query.Text, query.Room?.Name, From: query.From, Before: query.Before, Limit: query.Limit);
        var refusal = await requests.FindAsync(caller, frame, found => page = ToPage(found)).AsTask().OrRefusedAsync(caller.Texts);
        return refusal is null ? page! : throw refusal.ToException(caller.Texts);
    }

    private static FoundMessages ToPage(DaemonFrame.Found found) => new(
        [.. found.Messages.Select(m => new FoundMessage(m.Seq, m.From, m.At, m.Text, m.Room, m.With))], found.Before);
}
