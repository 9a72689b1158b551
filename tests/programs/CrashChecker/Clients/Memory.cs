using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>What a client knows of its session over all connections. Safe from any thread.</summary>
/// <param name="Session">Names the session in findings.</param>
internal sealed class Memory(string Session)
{
    private readonly Lock gate = new();
    private readonly Progress messages = new();
    private readonly Progress changes = new();
    private readonly List<Outgoing> unanswered = [];
    private readonly List<Outgoing> answered = [];
    private readonly List<(Place Place, long Seq)> own = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Older ids may be forgotten by the daemon; it promises 1,000.</summary>
    private const int Remembered = 500;

    /// <summary>Its own messages that it may change.</summary>
    private const int Changeable = 60;

    public string Session { get; } = Session;

    public string User { get; set; } = "";

    public string? Token { get; set; }

    /// <summary>The number up to which nothing of the conversation is missing.</summary>
    public long Cursor(string conversation)
    {
        lock (gate) return messages.Of(conversation);
    }

    public void Advance(string conversation, View message)
    {
        lock (gate) messages.Advance(conversation, message.Seq);
    }

    /// <summary>The change up to which nothing of the conversation is missing.</summary>
    public long Rev(string conversation)
    {
        lock (gate) return changes.Of(conversation);
    }

    public void AdvanceRev(string conversation, long rev)
    {
        lock (gate) changes.Advance(conversation, rev);
    }

    /// <summary>All changes up to it are known.</summary>
    public void SkipToRev(string conversation, long rev)
    {
        lock (gate) changes.SkipTo(conversation, rev);
    }

    public void ForgetChanges(string conversation)
    {
        lock (gate) changes.Forget(conversation);
    }

    /// <summary>What is before it is gone.</summary>
    public void SkipTo(string conversation, long first)
    {
        lock (gate) messages.SkipTo(conversation, first - 1);
    }

    public void Keep(Outgoing message)
    {
        lock (gate) unanswered.Add(message);
    }

    /// <summary>An echo or an error came.</summary>
    /// <param name="isApplied">It is in the log.</param>
    /// <param name="seq">The number of a message.</param>
    public void Answered(string id, bool isApplied, long? seq = null)
    {
        lock (gate)
        {
            var index = unanswered.FindIndex(message => message.Id == id);
            if (index < 0) return;
            if (isApplied) Remember(unanswered[index], seq);
            unanswered.RemoveAt(index);
            changed.TrySetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>In the order sent.</summary>
    public IReadOnlyList<Outgoing> Unanswered
    {
        get
        {
            lock (gate) return [.. unanswered];
        }
    }

    /// <summary>A message or change that was answered not long ago; null if there is none.</summary>
    public Outgoing? SomeAnswered(Random random)
    {
        lock (gate) return answered.Count == 0 ? null : answered[random.Next(answered.Count)];
    }

    /// <summary>A message of its own in one of the places; null if there is none.</summary>
    public (Place Place, long Seq)? SomeOwn(Random random, IReadOnlyList<Place> places)
    {
        lock (gate)
        {
            var there = own.Where(message => places.Contains(message.Place)).ToList();
            return there.Count == 0 ? null : there[random.Next(there.Count)];
        }
    }

    /// <summary>Completes when at most that many messages wait for an answer.</summary>
    public async Task UnansweredBelowAsync(int count, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (unanswered.Count <= count) return;
                next = changed.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    private void Remember(Outgoing sent, long? seq)
    {
        answered.RemoveAll(earlier => earlier.IsReplacedBy(sent));
        answered.Add(sent);
        if (answered.Count > Remembered) answered.RemoveAt(0);
        if (seq is not { } number) return;
        own.Add((sent.Place, number));
        if (own.Count > Changeable) own.RemoveAt(0);
    }
}
