using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The messages on the screen, to act on them and to know what comes before. Thread-safe.</summary>
internal sealed class ShownMessages
{
    /// <summary>Messages kept of each conversation.</summary>
    private const int Bound = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, Shown> conversations = [];

    public void Add(Conversation where, DaemonFrame.Message message)
    {
        lock (gate)
        {
            if (!conversations.TryGetValue(where, out var shown)) conversations.Add(where, shown = new Shown());
            var skips = shown.HasLeft && message.Seq > shown.Last + 1;
            shown.Oldest = skips ? message.Seq : Math.Min(shown.Oldest, message.Seq);
            shown.HasLeft = false;
            shown.Last = Math.Max(shown.Last, message.Seq);
            shown.Messages[message.Seq] = message;
            if (shown.Messages.Count > Bound) shown.Messages.Remove(shown.Messages.First().Key);
        }
    }

    /// <summary>Keeps the text as it is now.</summary>
    public void Apply(Conversation where, DaemonFrame.Change change)
    {
        lock (gate)
        {
            if (!conversations.TryGetValue(where, out var shown) || !shown.Messages.TryGetValue(change.Seq, out var message)) return;
            if (change.Kind is ChangeKind.Edit) shown.Messages[change.Seq] = message with { Text = change.Text ?? "" };
            else if (change.Kind is ChangeKind.Delete) shown.Messages[change.Seq] = message with { Text = "", Erased = true };
        }
    }

    /// <summary>A message that changed unseen, as it is now.</summary>
    public void Replace(Conversation where, DaemonFrame.Message message)
    {
        lock (gate)
        {
            if (conversations.TryGetValue(where, out var shown) && shown.Messages.ContainsKey(message.Seq))
                shown.Messages[message.Seq] = message;
        }
    }

    /// <summary>The newest on the screen, if it is newer than the last time; else null.</summary>
    public long? TakeRead(Conversation where)
    {
        lock (gate)
        {
            if (!conversations.TryGetValue(where, out var shown) || shown.Last <= shown.Read) return null;
            return shown.Read = shown.Last;
        }
    }

    /// <summary>Null if none of the conversation is on the screen.</summary>
    public long? Oldest(Conversation where)
    {
        lock (gate) return conversations.TryGetValue(where, out var shown) ? shown.Oldest : null;
    }

    /// <summary>0 if none of the conversation is on the screen.</summary>
    public long Last(Conversation where)
    {
        lock (gate) return conversations.TryGetValue(where, out var shown) ? shown.Last : 0;
    }

    public DaemonFrame.Message? Find(Conversation where, long seq)
    {
        lock (gate) return conversations.TryGetValue(where, out var shown) ? shown.Messages.GetValueOrDefault(seq) : null;
    }

    /// <summary>The newest message that is not deleted, and that fits.</summary>
    public DaemonFrame.Message? LastOf(Conversation where, Predicate<DaemonFrame.Message> fits)
    {
        lock (gate)
        {
            return conversations.TryGetValue(where, out var shown)
                ? shown.Messages.Values.LastOrDefault(m => m.Erased is not true && fits(m)) : null;
        }
    }

    /// <summary>The user has left the conversation: what comes next may not continue what is on the screen.</summary>
    public void Leave(Conversation where)
    {
        lock (gate)
        {
            if (conversations.TryGetValue(where, out var shown)) shown.HasLeft = true;
        }
    }

    /// <summary>All from this message on is on the screen.</summary>
    public void ReachBack(Conversation where, long seq)
    {
        lock (gate)
        {
            if (conversations.TryGetValue(where, out var shown)) shown.Oldest = Math.Min(shown.Oldest, seq);
        }
    }

    /// <summary>The conversation's numbers began anew.</summary>
    public void Forget(Conversation where)
    {
        lock (gate) conversations.Remove(where);
    }

    private sealed class Shown
    {
        public SortedDictionary<long, DaemonFrame.Message> Messages { get; } = [];

        /// <summary>From there to <see cref="Last"/>, everything is on the screen.</summary>
        public long Oldest { get; set; } = long.MaxValue;

        public long Last { get; set; }

        public bool HasLeft { get; set; }

        /// <summary>What <see cref="TakeRead"/> returned last.</summary>
        public long Read { get; set; }
    }
}
