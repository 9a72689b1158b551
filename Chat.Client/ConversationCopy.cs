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
    /// <returns>False if the page is of another log: it was fetched before the conversation began anew, or after.</returns>
    public bool Take(DaemonFrame.History page)
    {
        lock (gate)
        {
            if (log.Length > 0 && page.Log.Length > 0 && page.Log != log) return false;
            if (page.Log.Length > 0) log = page.Log;
            foreach (var message in page.Messages) Put(message);
            return true;
        }
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
                case ChatEvent.MessageChanged { Change: var change, IsOwn: var isOwn }
                    when messages.TryGetValue(change.Seq, out var copied) && (copied.Rev ?? 0) < change.Rev:
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

    private void Drop(string other)
    {
        messages.Clear();
        (log, arrived) = (other, 0);
    }

    private void Put(DaemonFrame.Message message)
    {
        if (messages.TryGetValue(message.Seq, out var copied) && (copied.Rev ?? 0) > (message.Rev ?? 0)) return;
        messages[message.Seq] = message;
        if (messages.Count > capacity) messages.Remove(messages.First().Key);
    }
}
