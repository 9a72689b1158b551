using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Reads messages whose numbers were given, for a conversation that must go on even if some are missing or damaged: those are shown as
/// erased.
/// </summary>
internal sealed class LogRecovery(ConversationLog log, SequencerReports reports, TimeProvider time)
{
    /// <summary>Messages from this number on, without a hole; at least one.</summary>
    public async Task<IReadOnlyList<LoggedMessage>> ReadFromAsync(long seq)
    {
        try
        {
            var page = await log.Messages.ReadAfterAsync(new(log.Id, ProtocolLimits.HistoryMax), seq - 1, CancellationToken.None);
            var whole = page.TakeWhile((message, i) => message.Seq == seq + i).ToList();
            if (whole.Count > 0) return whole;
        }
        catch (DamagedRowException)
        {
            // It may be any of the page, so this one is read alone.
        }
        if (await ReadAsync(seq, CancellationToken.None) is { } message) return [message];
        reports.MessageUnreadable(log.Id, seq);
        return [Erased(seq, session: 0, clientId: null)];
    }

    /// <returns>Null if the message is damaged or not there.</returns>
    public async ValueTask<LoggedMessage?> ReadAsync(long seq, CancellationToken cancellation)
    {
        try
        {
            var page = await log.Messages.ReadAfterAsync(new(log.Id, 1), seq - 1, cancellation);
            return page is [var found] && found.Seq == seq ? found : null;
        }
        catch (DamagedRowException)
        {
            return null; // the reader has told the operator
        }
    }

    /// <summary>
    /// Changes from this number on. The text of an edit is the message's as it is now: one that was replaced meanwhile appears nowhere. Of
    /// a message that is erased by now, an edit is told as its deletion.
    /// </summary>
    public async Task<IReadOnlyList<LoggedChange>> ChangesFromAsync(long rev)
    {
        var changes = await log.Messages.ChangesAfterAsync(log.Id, rev - 1, ProtocolLimits.HistoryMax, CancellationToken.None);
        var told = new List<LoggedChange>(changes.Count);
        foreach (var change in changes)
        {
            if (change.Kind != ChangeKind.Edit) told.Add(change);
            else if (await ReadAsync(change.Seq, CancellationToken.None) is { Erased: false } message)
                told.Add(change with { Text = message.Text, Mentions = message.Mentions });
            else told.Add(change with { Kind = ChangeKind.Delete });
        }
        return told;
    }

    /// <summary>What is logged under a number of <see cref="RecentIds"/>.</summary>
    /// <returns>Null if that has another id with the same hash.</returns>
    public async ValueTask<LogEntry?> VerifyAsync(long session, string clientId, long number, CancellationToken cancellation)
    {
        LogEntry? found = number < 0
            ? (await log.Messages.ChangesAfterAsync(log.Id, -number - 1, 1, cancellation)).SingleOrDefault(change => change.Rev == -number)
            : await ReadAsync(number, cancellation) ?? Erased(number, session, clientId);
        return found?.Session == session && found.ClientId == clientId ? found : null;
    }

    /// <summary>A removed or damaged message keeps its number, and its echo says that it is erased.</summary>
    private LoggedMessage Erased(long seq, long session, string? clientId) =>
        new(seq, "", "", time.GetUtcNow().ToUnixTimeMilliseconds(), session, clientId, Erased: true);
}
