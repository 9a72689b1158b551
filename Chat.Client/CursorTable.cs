using System.Diagnostics.CodeAnalysis;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The cursors of the followed conversations. Not thread-safe: <see cref="Inbox"/> guards it.</summary>
internal sealed class CursorTable
{
    /// <summary>Direct conversations remembered. Beyond that, the oldest is forgotten and starts over at its next message.</summary>
    private const int DirectBound = 4_096;

    private readonly Dictionary<Conversation, Cursor> cursors = [];
    private readonly Queue<Conversation> direct = [];

    /// <summary>Whether a direct conversation missing here had no messages before.</summary>
    private bool isComplete = true;

    public IEnumerable<Cursor> Rooms => cursors.Values.Where(c => !c.Conversation.IsDirect);

    public IEnumerable<Cursor> Direct => cursors.Values.Where(c => c.Conversation.IsDirect);

    public bool TryGet(Conversation conversation, [NotNullWhen(true)] out Cursor? cursor) => cursors.TryGetValue(conversation, out cursor);

    public Cursor Add(Conversation conversation, long? delivered)
    {
        var cursor = new Cursor(conversation, delivered);
        cursors.Add(conversation, cursor);
        if (conversation.IsDirect) BoundDirect(conversation);
        return cursor;
    }

    public Cursor? Find(Conversation conversation, DaemonFrame.Message message)
    {
        if (cursors.TryGetValue(conversation, out var cursor)) return cursor;
        if (!conversation.IsDirect) return null;
        cursor = Add(conversation, isComplete ? 0 : message.Seq - 1);
        if (isComplete) cursor.AdvanceRev(0);
        return cursor;
    }

    public bool Remove(Conversation conversation) => cursors.Remove(conversation);

    /// <summary>A full list in <c>welcome</c> may be incomplete.</summary>
    public void Listed(int count) => isComplete &= count < ProtocolLimits.DirectListed;

    private void BoundDirect(Conversation added)
    {
        direct.Enqueue(added);
        if (direct.Count <= DirectBound) return;
        cursors.Remove(direct.Dequeue());
        isComplete = false;
    }
}
