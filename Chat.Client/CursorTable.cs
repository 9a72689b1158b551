using System.Diagnostics.CodeAnalysis;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The conversations that are followed. Not thread-safe: <see cref="Inbox"/> guards it.</summary>
internal sealed class CursorTable
{
    /// <summary>Direct conversations remembered; beyond it the least recently opened is forgotten and begins where its next message stands.</summary>
    private const int DirectBound = 4_096;

    private readonly Dictionary<Conversation, Cursor> cursors = [];
    private readonly Queue<Conversation> direct = [];

    /// <summary>Whether a direct conversation that is not here has never had a message.</summary>
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
        return conversation.IsDirect ? Add(conversation, isComplete ? 0 : message.Seq - 1) : null;
    }

    public bool Remove(Conversation conversation) => cursors.Remove(conversation);

    /// <summary>A <c>welcome</c> lists so many at most; more may exist.</summary>
    public void Listed(int count) => isComplete &= count < ProtocolLimits.DirectListed;

    private void BoundDirect(Conversation added)
    {
        direct.Enqueue(added);
        if (direct.Count <= DirectBound) return;
        cursors.Remove(direct.Dequeue());
        isComplete = false;
    }
}
