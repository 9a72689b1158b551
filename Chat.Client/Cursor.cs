using Chat.Protocol;

namespace Chat.Client;

/// <summary>What is to be done with a message that arrived live.</summary>
internal enum Arrival
{
    /// <summary>It was handed over already, or its conversation is not followed.</summary>
    Known,

    /// <summary>It is the next one.</summary>
    Next,

    /// <summary>Others come before it, which are to be fetched.</summary>
    Ahead,

    /// <summary>It begins another conversation under the same name.</summary>
    Anew,
}

/// <summary>How far one conversation has been handed to the user. Guarded by <see cref="Inbox"/>'s lock.</summary>
internal sealed class Cursor(Conversation conversation, long? delivered)
{
    private DateTimeOffset? lastAt;

    public Conversation Conversation => conversation;

    /// <summary>The last <c>seq</c> handed over, or the place where following began; null until the daemon has told it.</summary>
    public long? Delivered { get; private set; } = delivered;

    /// <summary>The last <c>seq</c> known to exist.</summary>
    public long Head { get; private set; }

    /// <summary>While it lags, only the catch-up hands over; live messages just move <see cref="Head"/>.</summary>
    public bool IsLagging { get; private set; }

    /// <summary>Changes when what was known became void.</summary>
    public int Epoch { get; private set; }

    /// <summary>Of a room: whether <c>joined</c> has come on the present connection.</summary>
    public bool IsJoined { get; set; }

    public Arrival Judge(DaemonFrame.Message message)
    {
        if (Delivered is not { } last) return Arrival.Known;
        if (message.Seq <= last) return JudgeOld(message, last);
        return IsLagging || message.Seq > last + 1 ? Arrival.Ahead : Arrival.Next;
    }

    public void Advance(DaemonFrame.Message message) => (Delivered, lastAt) = (message.Seq, message.At);

    /// <summary>What lies between is no longer kept by the daemon.</summary>
    public void SkipTo(long seq) => Delivered = Math.Max(Delivered ?? 0, seq);

    public void Lag(long head) => (IsLagging, Head) = (true, Math.Max(Head, head));

    /// <summary>Where nothing more is to be fetched, live messages are handed over again.</summary>
    public void TryCatchUp()
    {
        if (Delivered >= Head) IsLagging = false;
    }

    public void Reset() => (Delivered, Head, IsLagging, lastAt, Epoch) = (0, 0, false, null, Epoch + 1);

    /// <summary>
    /// A live delivery comes once, so an old number is either one that a page brought before, or, in a direct conversation,
    /// the message of a later guest of the same name, whose numbers begin again; only the time tells them apart.
    /// </summary>
    private Arrival JudgeOld(DaemonFrame.Message message, long last)
    {
        if (!conversation.IsDirect) return Arrival.Known;
        if (lastAt is { } at) return message.At > at ? Arrival.Anew : Arrival.Known;
        return message.Seq == last ? Arrival.Next : message.Seq == 1 ? Arrival.Anew : Arrival.Known;
    }
}
