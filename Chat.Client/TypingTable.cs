using Chat.Protocol;

namespace Chat.Client;

/// <summary>Who is typing where: what others are shown of this user, and what this user is told of others. Thread-safe.</summary>
internal sealed class TypingTable(EventQueue events, TimeProvider time) : IDisposable
{
    /// <summary>Half of what a frame lasts, so that the daemon's list stays while the user goes on.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(ProtocolLimits.TypingSeconds / 2);

    /// <summary>A list lasts for another second: the daemon may have dropped the one that ends it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(ProtocolLimits.TypingSeconds + 1);

    /// <summary>Guards all fields. Nothing that blocks is called while it is held.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, long> shown = [];
    private readonly Dictionary<Conversation, Listed> lists = [];
    private Conversation me = Conversation.With("");
    private bool isOver;

    public void Welcome(string user)
    {
        lock (gate) me = Conversation.With(user);
    }

    /// <summary>Whether a frame is due.</summary>
    public bool TryShow(Conversation where)
    {
        lock (gate)
        {
            foreach (var past in shown.Where(s => time.GetElapsedTime(s.Value) >= Pace).Select(s => s.Key).ToList()) shown.Remove(past);
            return shown.TryAdd(where, time.GetTimestamp());
        }
    }

    /// <summary>A message ends the typing before it.</summary>
    public void Sent(Conversation to)
    {
        lock (gate) shown.Remove(to);
    }

    public void Told(DaemonFrame.Typing frame)
    {
        var where = frame.Room is not null ? Conversation.Room(frame.Room) : Conversation.With(frame.With ?? "");
        lock (gate)
        {
            string[] others = [.. frame.Users.Where(user => !Conversation.With(user).Equals(me))];
            var before = lists.Remove(where, out var listed) ? listed.Users : [];
            listed?.Timer.Dispose();
            if (isOver) return;
            if (others.Length > 0) lists[where] = new(others, TimerOf(where, others));
            if (!others.SequenceEqual(before)) events.PostOrSkip(new ChatEvent.TypingChanged(where, others));
        }
    }

    /// <summary>Nothing more is told of the conversation.</summary>
    public void Forget(Conversation where)
    {
        lock (gate)
        {
            if (!lists.Remove(where, out var listed)) return;
            listed.Timer.Dispose();
            events.PostOrSkip(new ChatEvent.TypingChanged(where, []));
        }
    }

    /// <summary>The connection broke.</summary>
    public void ForgetAll()
    {
        lock (gate)
        {
            shown.Clear();
            foreach (var where in lists.Keys.ToList()) Forget(where);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            foreach (var listed in lists.Values) listed.Timer.Dispose();
            lists.Clear();
        }
    }

    private ITimer TimerOf(Conversation where, string[] users) =>
        time.CreateTimer(_ => Expire(where, users), null, Lifetime, Timeout.InfiniteTimeSpan);

    /// <summary>Unless a later list came in the meantime.</summary>
    private void Expire(Conversation where, string[] users)
    {
        lock (gate)
            if (lists.TryGetValue(where, out var listed) && listed.Users == users) Forget(where);
    }

    private sealed record Listed(string[] Users, ITimer Timer);
}
