using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// The newest messages of a conversation as they are now, from <see cref="ChatClient.KeepAsync"/>. It is as far as the events that you have
/// read: each event is applied before you get it. Thread-safe.
/// </summary>
public sealed class ConversationCopy
{
    private readonly Lock gate = new(); // guards all fields below; nothing is called while it is held
    private readonly SortedDictionary<long, DaemonFrame.Message> messages = [];
    private readonly SortedDictionary<long, long> missed = []; // the last change read, by seq, of messages that are not in the copy
    private readonly int capacity;
    private string log = "";
    private long arrived;
    private bool isKept = true;

    internal ConversationCopy(Conversation of, int capacity) => (Conversation, this.capacity) = (of, capacity);

    public Conversation Conversation { get; }

    /// <summary>
    /// False once the session has left the room, has ended, or keeps another copy: then nothing more is applied. Keep it again to go on.
    /// </summary>
    public bool IsKept
    {
        get
        {
            lock (gate) return isKept;
        }
    }

    /// <summary>A snapshot, by <c>seq</c>.</summary>
    public IReadOnlyList<DaemonFrame.Message> Messages
    {
        get
        {
            lock (gate) return [.. messages.Values];
        }
    }

    /// <summary>A message as it is now; null if it is not in the copy.</summary>
    public DaemonFrame.Message? Find(long seq)
    {
        lock (gate) return messages.GetValueOrDefault(seq);
    }

    /// <summary>
    /// Takes older messages that you have fetched, as far as they fit. A message that is in the copy stays, unless its <c>rev</c> is lower.
    /// </summary>
    /// <returns>
    /// False if the page is of another log: it was fetched before the conversation began anew, or after. Also false if it shows a message
    /// as it was before a change that you have read; that message is left out, so fetch the page again.
    /// </returns>
    public bool Take(DaemonFrame.History page)
    {
        lock (gate)
        {
            if (!IsOfLog(page.Log)) return false;
            if (page.Log.Length > 0) log = page.Log;
            var isOlder = false;
            foreach (var message in page.Messages)
            {
                if (IsOlder(message)) isOlder = true;
                else Put(message);
            }
            return !isOlder;
        }
    }

    internal bool IsOf(string other)
    {
        lock (gate) return IsOfLog(other);
    }

    internal void Apply(ChatEvent e)
    {
        lock (gate)
        {
            switch (e)
            {
                case ChatEvent.MessageArrived { Message: var message }:
                    if (message.Seq <= arrived) Drop(""); // the event that says so was skipped
                    arrived = message.Seq;
                    Put(message with { Id = null });
                    break;
                case ChatEvent.MessageRefreshed { Message: var message } when messages.ContainsKey(message.Seq):
                    Put(message);
                    break;
                case ChatEvent.MessageRefreshed { Message: { Rev: { } rev, Seq: var seq } }:
                    Miss(seq, rev);
                    break;
                case ChatEvent.MessageChanged { Change: var change } when !messages.ContainsKey(change.Seq):
                    Miss(change.Seq, change.Rev!.Value);
                    break;
                case ChatEvent.MessageChanged { Change: var change, IsOwn: var isOwn }
                    when messages[change.Seq] is var copied && (copied.Rev ?? 0) < change.Rev:
                    messages[change.Seq] = ChangedMessage.After(copied, change, isOwn);
                    break;
                case ChatEvent.ConversationReset reset:
                    Drop(reset.Log);
                    break;
                case ChatEvent.Unobtainable:
                    Drop(log); // what it shows may be old
                    break;
            }
        }
    }

    internal void End()
    {
        lock (gate) isKept = false;
    }

    private bool IsOfLog(string other) => log.Length == 0 || other.Length == 0 || other == log;

    private bool IsOlder(DaemonFrame.Message message) => missed.TryGetValue(message.Seq, out var rev) && (message.Rev ?? 0) < rev;

    /// <summary>A page that is taken later may have been fetched before the change.</summary>
    private void Miss(long seq, long rev)
    {
        missed[seq] = Math.Max(rev, missed.GetValueOrDefault(seq));
        if (missed.Count > capacity) missed.Remove(missed.First().Key); // the least likely to fit
    }

    private void Drop(string other)
    {
        messages.Clear();
        missed.Clear();
        (log, arrived) = (other, 0);
    }

    private void Put(DaemonFrame.Message message)
    {
        if (messages.TryGetValue(message.Seq, out var copied) && (copied.Rev ?? 0) > (message.Rev ?? 0)) return;
        messages[message.Seq] = message;
        missed.Remove(message.Seq);
        if (messages.Count > capacity) messages.Remove(messages.First().Key);
    }
}
