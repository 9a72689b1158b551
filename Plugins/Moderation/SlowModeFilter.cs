namespace Chat.Plugins.Moderation;

/// <summary>Lets each user write once per interval. Runs after the other filters, so that a message they refuse does not count.</summary>
[Filter(Order = 1_000)]
internal sealed class SlowModeFilter(SlowRooms rooms, TimeProvider time) : IMessageFilter
{
    private readonly Lock gate = new(); // guards free and sweepAt
    private readonly Dictionary<(string Room, string User), DateTimeOffset> free = [];
    private int sweepAt = 1_000;

    public async ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation)
    {
        if (draft is not { Room: { } room, Kind: DraftKind.Message or DraftKind.Notice or DraftKind.Topic, Edits: null })
            return FilterVerdict.Allow;
        if (draft.Sender.Role >= Role.Moderator) return FilterVerdict.Allow;
        var pause = await rooms.PauseOfAsync(room, cancellation);
        if (pause == TimeSpan.Zero || WaitFor((room.Id, draft.Sender.Id), pause) is not { } wait) return FilterVerdict.Allow;
        return FilterVerdict.Reject(FilterTexts.Slow(draft, wait), wait);
    }

    /// <summary>Counts the message, or returns how long the user must wait.</summary>
    private TimeSpan? WaitFor((string Room, string User) turn, TimeSpan pause)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            // The interval may be shorter now.
            if (free.TryGetValue(turn, out var at) && at > now) return at - now < pause ? at - now : pause;
            if (free.Count >= sweepAt) Sweep(now);
            free[turn] = now + pause;
            return null;
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (turn, at) in free)
            if (at <= now) free.Remove(turn);
        sweepAt = Math.Max(1_000, 2 * free.Count);
    }
}
