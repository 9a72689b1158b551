namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>What this version of the plugin knows of a webhook's queue. Thread-safe.</summary>
internal sealed class QueueState
{
    private readonly Lock gate = new();
    private bool isAtWork, hasMore;
    private int bytes;
    private long lastPlace;

    /// <summary>Rises, also when the clock does not.</summary>
    public long NextPlace(DateTimeOffset now)
    {
        lock (gate) return lastPlace = Math.Max(lastPlace + 1, now.UtcTicks);
    }

    /// <returns>False if the queue would hold more than <paramref name="most"/>.</returns>
    public bool TryTake(int added, int most)
    {
        lock (gate)
        {
            if (bytes + added > most) return false;
            bytes += added;
            return true;
        }
    }

    /// <param name="counted">The bytes that really wait. What is added at this moment may count twice until the next look.</param>
    public void Count(int counted)
    {
        lock (gate) bytes = counted;
    }

    /// <summary>Whether a job is at work, which now looks again before it ends.</summary>
    public bool IsNoticed()
    {
        lock (gate) return isAtWork && (hasMore = true);
    }

    public void Begin()
    {
        lock (gate) (isAtWork, hasMore) = (true, false);
    }

    public bool TryEnd()
    {
        lock (gate)
        {
            if (hasMore) return hasMore = false;
            isAtWork = false;
            return true;
        }
    }

    public void End()
    {
        lock (gate) isAtWork = false;
    }
}
