using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Slows down who guesses the password of one account from many addresses. Its owner, at the address where the password was last right,
/// is not slowed down: guesses of others must not lock the owner out. Safe from any thread.
/// </summary>
internal sealed class GuessLimits(TimeProvider time)
{
    /// <summary>Wrong passwords for one name that are borne at once; then one for each <see cref="Refill"/>.</summary>
    private const int Burst = 10;
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(10);

    /// <summary>Names under watch at once; beyond it the longest quiet one is forgotten.</summary>
    private const int MaxNames = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Guesses> names = [];

    /// <summary>Null, or how long to wait before the next try.</summary>
    /// <param name="account">Null for a name without one: it is treated alike.</param>
    public TimeSpan? WaitFor(string nameKey, Account? account, IPAddress from)
    {
        if (account?.KnownAddress == from.ToString()) return null;
        lock (gate)
        {
            if (!names.TryGetValue(nameKey, out var guesses)) return null;
            var left = guesses.Wrong - (time.GetElapsedTime(guesses.At) / Refill);
            return left < Burst ? null : Refill * (left - Burst + 1);
        }
    }

    public void Wrong(string nameKey)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var before = names.TryGetValue(nameKey, out var guesses) ? Math.Max(0, guesses.Wrong - (time.GetElapsedTime(guesses.At, now) / Refill)) : 0;
            if (before == 0 && names.Count >= MaxNames) names.Remove(names.MinBy(n => n.Value.At).Key);
            names[nameKey] = new Guesses(before + 1, now);
        }
    }

    private readonly record struct Guesses(double Wrong, long At);
}
