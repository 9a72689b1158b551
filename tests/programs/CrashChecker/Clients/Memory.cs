using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>What a client knows of its session over all connections. Safe from any thread.</summary>
/// <param name="Session">Names the session in findings.</param>
internal sealed class Memory(string Session)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> cursors = [];
    private readonly HashSet<(string Conversation, long Seq)> ahead = []; // live messages, while those before them are still being read
    private readonly List<Outgoing> unanswered = [];
    private readonly List<Outgoing> echoed = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Older ids may be forgotten by the daemon; it promises 1,000.</summary>
    private const int Remembered = 500;

    public string Session { get; } = Session;

    public string User { get; set; } = "";

    public string? Token { get; set; }

    /// <summary>The number up to which nothing of the conversation is missing.</summary>
    public long Cursor(string conversation)
    {
        lock (gate) return cursors.GetValueOrDefault(conversation);
    }

    public void Advance(string conversation, View message)
    {
        lock (gate)
        {
            var cursor = cursors.GetValueOrDefault(conversation);
            if (message.Seq > cursor) ahead.Add((conversation, message.Seq));
            while (ahead.Remove((conversation, cursor + 1))) cursor++;
            cursors[conversation] = cursor;
        }
    }

    public void Keep(Outgoing message)
    {
        lock (gate) unanswered.Add(message);
    }

    /// <summary>An echo or an error came.</summary>
    public void Answered(string id, bool isEcho)
    {
        lock (gate)
        {
            var index = unanswered.FindIndex(message => message.Id == id);
            if (index < 0) return;
            if (isEcho) echoed.Add(unanswered[index]);
            if (echoed.Count > Remembered) echoed.RemoveAt(0);
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

    /// <summary>A message that was echoed not long ago; null if there is none.</summary>
    public Outgoing? SomeEchoed(Random random)
    {
        lock (gate) return echoed.Count == 0 ? null : echoed[random.Next(echoed.Count)];
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
}
