using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Slows down guesses of an account's password from many addresses. The address where the password was last right is exempt, so that the
/// guesses of others do not lock the owner out. Safe from any thread.
/// </summary>
internal sealed class GuessLimits(TimeProvider time)
{
    /// <summary>Wrong passwords for one name.</summary>
    private static readonly BucketLimit Limit = new(Burst: 10, TicksPerToken: 10 * TimeSpan.TicksPerSecond);

    /// <summary>Names to remember at once; beyond it the one that has been quiet for longest is forgotten.</summary>
    private const int MaxNames = 10_000;

    private readonly Lock gate = new(); // guards the dictionary
    private readonly Dictionary<string, TokenBucket> names = [];

    /// <summary>Null, or how long to wait before the next try.</summary>
    /// <param name="account">Null for a name without one, which is treated the same.</param>
    public TimeSpan? WaitFor(string nameKey, Account? account, IPAddress from)
    {
        if (account?.KnownAddress == from.ToString()) return null;
        lock (gate) return names.GetValueOrDefault(nameKey).WaitFor(Limit, time.GetTimestamp(), time);
    }

    public void CountWrong(string nameKey)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var isKnown = names.TryGetValue(nameKey, out var guesses) && !guesses.IsFull(Limit, now, time);
            if (!isKnown && names.Count >= MaxNames) names.Remove(names.MinBy(n => n.Value.TakenAt).Key);
            guesses.Take(Limit, now, time);
            names[nameKey] = guesses;
        }
    }
}
