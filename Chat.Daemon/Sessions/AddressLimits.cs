using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Limits the connections and logins of each network address. Of an IPv6 address the first 64 bits count, which is one customer's
/// network. Safe from any thread.
/// </summary>
internal sealed class AddressLimits(OptionsSource options, TimeProvider time) : IPeriodicTask
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPNetwork, Usage> addresses = [];

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(1);

    /// <summary>Counts a connection.</summary>
    /// <param name="shared">What the address's connections share.</param>
    /// <returns>False if the address has too many already. Then nothing is counted.</returns>
    public bool TryConnect(IPAddress address, out AddressUsage shared)
    {
        var limit = options.Current.Limits.ConnectionsPerAddress;
        lock (gate)
        {
            var usage = Of(address);
            shared = usage.Shared;
            if (limit > 0 && usage.Connections >= limit) return false;
            usage.Connections++;
            return true;
        }
    }

    public void Disconnect(IPAddress address)
    {
        lock (gate)
        {
            Of(address).Connections--;
        }
    }

    /// <summary>Counts a login. The logins of one minute may come at once.</summary>
    /// <returns>How long to wait, or null.</returns>
    public TimeSpan? TryLogin(IPAddress address)
    {
        var perMinute = options.Current.Limits.LoginsPerMinute;
        if (perMinute == 0) return null;
        lock (gate)
        {
            var usage = Of(address);
            var now = time.GetTimestamp();
            usage.LoginAt = now;
            return usage.Logins.TryTake(BucketLimit.Of(perMinute, TimeSpan.FromMinutes(1)), now, time);
        }
    }

    /// <summary>Forgets addresses that have been silent for more than a minute.</summary>
    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            foreach (var (address, usage) in addresses)
                if (usage.Connections == 0 && time.GetElapsedTime(usage.LoginAt) > TimeSpan.FromMinutes(1)) addresses.Remove(address);
        }
        return Task.CompletedTask;
    }

    private Usage Of(IPAddress address)
    {
        var network = AddressNetwork.Of(address, ipv6Bits: 64);
        if (addresses.TryGetValue(network, out var usage)) return usage;
        usage = new Usage(new AddressUsage(network.ToString(), time)) { LoginAt = time.GetTimestamp() };
        return addresses[network] = usage;
    }

    private sealed class Usage(AddressUsage shared)
    {
        public AddressUsage Shared => shared;

        public TokenBucket Logins; // a field: a property would count on a copy

        public int Connections { get; set; }

        public long LoginAt { get; set; }
    }
}
