using System.Net;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Slows down guesses of passwords. A guess counts before the password is checked, so that parallel guesses count too, and is given back if
/// it was right. Each network has a limit for each name, so nobody uses up another network's guesses. Networks that the account does not
/// know also share a limit; while it is used up, each of them has a few guesses left, so that an owner gets in from a new place. Safe from
/// any thread. See docs/decisions/0013-guesses-are-counted-by-network.md.
/// </summary>
internal sealed class GuessLimits(TimeProvider time)
{
    /// <summary>Guesses of a name from one network.</summary>
    private static readonly BucketLimit OfNetwork = new(Burst: 10, TicksPerToken: 10 * TimeSpan.TicksPerSecond);

    /// <summary>Guesses of a name from all networks that its account does not know.</summary>
    private static readonly BucketLimit OfStrangers = new(Burst: 30, TicksPerToken: 10 * TimeSpan.TicksPerSecond);

    /// <summary>Guesses of a name from one unknown network, while strangers have none left.</summary>
    private static readonly BucketLimit UnderAttack = new(Burst: 3, TicksPerToken: TimeSpan.TicksPerHour);

    /// <summary>Buckets to remember at once. Beyond it, a tenth is forgotten: those that have been quiet for longest.</summary>
    private const int MaxBuckets = 20_000;

    private readonly Lock gate = new(); // guards the dictionary and its buckets
    private readonly Dictionary<(string Name, IPNetwork? Network), Bucket> buckets = [];

    /// <summary>Buckets remembered.</summary>
    public int Count
    {
        get
        {
            lock (gate) return buckets.Count;
        }
    }

    /// <summary>Anybody can have 48 bits of IPv6 from a tunnel broker, so two addresses that share them count as one network.</summary>
    public static IPNetwork NetworkOf(IPAddress address) => AddressNetwork.Of(address, ipv6Bits: 48);

    /// <param name="nameKey">Of an account, or of none, which is treated the same.</param>
    /// <param name="isKnown">The account's password was right from that network before.</param>
    public Guess Take(string nameKey, IPNetwork network, bool isKnown)
    {
        lock (gate)
        {
            if (buckets.Count >= MaxBuckets) Forget(MaxBuckets / 10);
            var now = time.GetTimestamp();
            var (own, shared) = (BucketOf(nameKey, network), BucketOf(nameKey, null));
            var isShared = !isKnown && shared.Tokens.WaitFor(OfStrangers, now, time) is null;
            var wait = own.Tokens.TryTake(isKnown || isShared ? OfNetwork : UnderAttack, now, time);
            if (wait is null && isShared) shared.Tokens.Take(OfStrangers, now, time);
            return new Guess(nameKey, network, isShared, wait);
        }
    }

    /// <summary>The guess was right, or was not checked.</summary>
    public void GiveBack(Guess guess)
    {
        lock (gate)
        {
            BucketOf(guess.Name, guess.Network).Tokens.GiveBack();
            if (guess.IsShared) BucketOf(guess.Name, null).Tokens.GiveBack();
        }
    }

    private Bucket BucketOf(string name, IPNetwork? network)
    {
        if (!buckets.TryGetValue((name, network), out var bucket)) buckets[(name, network)] = bucket = new Bucket();
        return bucket;
    }

    private void Forget(int count)
    {
        foreach (var (key, _) in buckets.OrderBy(b => b.Value.Tokens.TakenAt).Take(count).ToList()) buckets.Remove(key);
    }

    private sealed class Bucket
    {
        public TokenBucket Tokens; // a field: a property would count on a copy
    }
}
