namespace Chat.Plugins.Moderation;

/// <summary>Lets each user write once in the room's pause. Behind the other filters, so that what they refuse takes nobody's turn.</summary>
[Filter(Order = 1_000)]
internal sealed class SlowModeFilter(SlowRooms rooms, TimeProvider time) : IMessageFilter
{
    private readonly Lock gate = new(); // guards the two below
    private readonly Dictionary<(string Room, string User), DateTimeOffset> free = [];
    private int sweepAt = 1_000;

    public async ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation)
    {
        if (draft.Room is not { } room || draft.Sender.Role >= Role.Moderator) return FilterVerdict.Allow;
        var pause = await rooms.PauseOfAsync(room, cancellation);
        if (pause == TimeSpan.Zero || WaitFor((room.Id, draft.Sender.Id), pause) is not { } wait) return FilterVerdict.Allow;
        return FilterVerdict.Reject(FilterTexts.Slow(draft, wait), wait);
    }

    /// <summary>Takes the user's turn; or how long it has to wait for it.</summary>
    private TimeSpan? WaitFor((string Room, string User) turn, TimeSpan pause)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            // The pause may have been shortened since.
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
