using Chat.Protocol;

namespace Chat.Client;

/// <summary>How far a conversation has been delivered. Guarded by <see cref="Inbox"/>'s lock.</summary>
internal sealed class Cursor(Conversation conversation, long? delivered)
{
    private DateTimeOffset? lastAt;

    public Conversation Conversation => conversation;

    /// <summary>The last <c>seq</c> delivered, or the one where following began; null until the daemon has sent it.</summary>
    public long? Delivered { get; private set; } = delivered;

    /// <summary>The last <c>seq</c> known to exist.</summary>
    public long Head { get; private set; }

    /// <summary>While true, only the catch-up delivers; live messages just move <see cref="Head"/>.</summary>
    public bool IsLagging { get; private set; }

    /// <summary>Incremented by each reset.</summary>
    public int Epoch { get; private set; }

    /// <summary>For a room: whether <c>joined</c> arrived on the current connection.</summary>
    public bool IsJoined { get; set; }

    public Arrival Judge(DaemonFrame.Message message)
    {
        if (Delivered is not { } last) return Arrival.Known;
        if (message.Seq <= last) return JudgeOld(message, last);
        return IsLagging || message.Seq > last + 1 ? Arrival.Ahead : Arrival.Next;
    }

    public void Advance(DaemonFrame.Message message) => (Delivered, lastAt) = (message.Seq, message.At);

    /// <summary>The messages in between are no longer stored.</summary>
    public void SkipTo(long seq) => Delivered = Math.Max(Delivered ?? 0, seq);

    public void Lag(long head) => (IsLagging, Head) = (true, Math.Max(Head, head));

    /// <summary>Lets live messages through again if nothing is left to fetch.</summary>
    public void TryCatchUp()
    {
        if (Delivered >= Head) IsLagging = false;
    }

    public void Reset() => (Delivered, Head, IsLagging, lastAt, Epoch) = (0, 0, false, null, Epoch + 1);

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
