using Chat.Protocol;

namespace Chat.Client;

/// <summary>How far a conversation and its changes have been delivered. Guarded by <see cref="Inbox"/>'s lock.</summary>
internal sealed class Cursor(Conversation conversation, long? delivered)
{
    private DateTimeOffset? lastAt;

    /// <summary>Messages after this <c>seq</c> were delivered as this <c>rev</c> left them, or later.</summary>
    private (long After, long Rev) listed;

    public Conversation Conversation => conversation;

    /// <summary>The last <c>seq</c> delivered, or the one where following began; null until the daemon has sent it.</summary>
    public long? Delivered { get; private set; } = delivered;

    /// <summary>The last <c>seq</c> known to exist.</summary>
    public long Head { get; private set; }

    /// <summary>The last <c>rev</c> delivered, or the one where following began; null if unknown.</summary>
    public long? Rev { get; private set; }

    /// <summary>The last <c>rev</c> known to exist.</summary>
    public long RevHead { get; private set; }

    /// <summary>Names the numbering; empty if unknown.</summary>
    public string Log { get; private set; } = "";

    public bool LacksMessages { get; private set; }

    public bool LacksChanges { get; private set; }

    /// <summary>
    /// While true, only the catch-up delivers; what arrives live just moves <see cref="Head"/> and <see cref="RevHead"/>.
    /// </summary>
    public bool IsLagging => LacksMessages || LacksChanges;

    /// <summary>Incremented by each reset.</summary>
    public int Epoch { get; private set; }

    /// <summary>For a room: whether <c>joined</c> arrived on the current connection.</summary>
    public bool IsJoined
    {
        get;
        set
        {
            field = value;
            WasJoined |= value;
        }
    }

    /// <summary>For a room: whether <c>joined</c> ever arrived.</summary>
    public bool WasJoined { get; private set; }

    public Arrival Judge(DaemonFrame.Message message)
    {
        if (Delivered is not { } last) return Arrival.Known;
        if (message.Seq <= last) return JudgeOld(message, last);
        return IsLagging || message.Seq > last + 1 ? Arrival.Ahead : Arrival.Next;
    }

    public Arrival Judge(DaemonFrame.Change change)
    {
        if (change.Rev is not { } rev || rev <= Rev || !(IsJoined || conversation.IsDirect)) return Arrival.Known;
        var isRepeated = change is { Kind: ChangeKind.Edit, Text: null }; // the answer to one sent again: the text is in the list
        return IsLagging || isRepeated || rev > (Rev ?? rev - 1) + 1 ? Arrival.Ahead : Arrival.Next;
    }

    /// <summary>Whether the numbers of <paramref name="log"/> are others than those known.</summary>
    public bool IsOther(string log) => Log.Length > 0 && log.Length > 0 && log != Log;

    /// <summary>Follows changes from here. An empty log is that of a daemon without changes.</summary>
    public void Begin(string log, long rev)
    {
        if (log.Length > 0) (Log, Rev) = (log, rev);
    }

    public void Name(string log)
    {
        if (Log.Length == 0) Log = log;
    }

    /// <summary>Begins to deliver messages from lists. Of no effect while changes up to an earlier list are still missing.</summary>
    public void List(long rev)
    {
        if (listed.Rev <= (Rev ?? 0)) listed = (Delivered ?? 0, rev);
    }

    /// <summary>Whether a message that was delivered has changed since. One yet to be delivered will show its changes then.</summary>
    public bool IsNews(DaemonFrame.Message message) =>
        message.Seq <= Delivered && message.Rev is { } rev && rev > (Rev ?? 0) && (message.Seq <= listed.After || rev > listed.Rev);

    public void AdvanceRev(long rev) => Rev = Math.Max(Rev ?? 0, rev);

    public void LagRev(long rev) => (LacksChanges, RevHead) = (true, Math.Max(RevHead, rev));

    public void Advance(DaemonFrame.Message message) => (Delivered, lastAt) = (message.Seq, message.At);

    /// <summary>The messages in between are no longer stored.</summary>
    public void SkipTo(long seq) => Delivered = Math.Max(Delivered ?? 0, seq);

    public void Lag(long head) => (LacksMessages, Head) = (true, Math.Max(Head, head));

    /// <summary>Lets live messages through again if nothing is left to fetch.</summary>
    public void TryCatchUp()
    {
        if (Delivered >= Head) LacksMessages = false;
    }

    /// <inheritdoc cref="TryCatchUp"/>
    public void TryCatchUpRev()
    {
        if (Rev >= RevHead) LacksChanges = false;
    }

    public void Reset()
    {
        (Delivered, Head, LacksMessages, lastAt, Epoch) = (0, 0, false, null, Epoch + 1);
        (Rev, RevHead, LacksChanges, Log) = (0, 0, false, "");
        listed = default;
    }

    /// <summary>
    /// Live messages arrive once, so an old number means one of two things: a page contained it before, or, in a direct conversation,
    /// a later guest has the same name and numbers start over. Only the time tells them apart.
    /// </summary>
    private Arrival JudgeOld(DaemonFrame.Message message, long last)
    {
        if (!conversation.IsDirect) return Arrival.Known;
        if (lastAt is { } at) return message.At > at ? Arrival.Restarted : Arrival.Known;
        return message.Seq == last ? Arrival.Next : message.Seq == 1 ? Arrival.Restarted : Arrival.Known;
    }
}
