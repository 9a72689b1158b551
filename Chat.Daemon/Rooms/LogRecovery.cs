using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Reads messages whose numbers were given, for a conversation that must go on even if some are missing or damaged: those are shown as
/// erased.
/// </summary>
internal sealed class LogRecovery(ConversationId id, IMessageLog log, SequencerReports reports, TimeProvider time)
{
    /// <summary>Messages from this number on, without a hole; at least one.</summary>
    public async Task<IReadOnlyList<LoggedMessage>> ReadFromAsync(long seq)
    {
        try
        {
            var page = await log.ReadAfterAsync(id, seq - 1, ProtocolLimits.HistoryMax, CancellationToken.None);
            var whole = page.TakeWhile((message, i) => message.Seq == seq + i).ToList();
            if (whole.Count > 0) return whole;
        }
        catch (DamagedRowException)
        {
            // It may be any of the page, so this one is read alone.
        }
        if (await ReadAsync(seq, CancellationToken.None) is { } message) return [message];
        reports.MessageUnreadable(id, seq);
        return [Erased(seq, session: 0, clientId: null)];
    }

    /// <returns>Null if the message is damaged or not there.</returns>
    public async ValueTask<LoggedMessage?> ReadAsync(long seq, CancellationToken cancellation)
    {
        try
        {
            return await log.ReadAfterAsync(id, seq - 1, 1, cancellation) is [var found] && found.Seq == seq ? found : null;
        }
        catch (DamagedRowException)
        {
            return null; // the reader has told the operator
        }
    }

    public LoggedMessage Erased(long seq, long session, string? clientId) =>
        new(seq, "", "", time.GetUtcNow().ToUnixTimeMilliseconds(), session, clientId, Erased: true);
}
