using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// Limits the connections and logins of each network address, and the connections of all together. Of an IPv6 address the first 64 bits
/// count, which is one customer's network. Safe from any thread.
/// </summary>
internal sealed class AddressLimits(OptionsSource options, TimeProvider time) : IPeriodicTask
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPNetwork, Usage> addresses = [];
    private int connections;

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(1);

    /// <summary>Counts a connection.</summary>
    /// <param name="shared">What the address's connections share.</param>
    /// <returns>False if there are too many already, of the address or in all. Then nothing is counted.</returns>
    public bool TryConnect(IPAddress address, out AddressUsage shared) => TryCount(address, ofAddress: 1, inAll: 1, out shared);

    public void Disconnect(IPAddress address) => Uncount(address, ofAddress: 1, inAll: 1);

    /// <summary>Counts the connection of a proxy, behind which there are many clients, among all but to no address.</summary>
    public bool TryConnectProxy(IPAddress proxy, out AddressUsage shared) => TryCount(proxy, ofAddress: 0, inAll: 1, out shared);

    public void DisconnectProxy(IPAddress proxy) => Uncount(proxy, ofAddress: 0, inAll: 1);

    /// <summary>Counts a connection of a client to a proxy, whose own connection is counted already.</summary>
    public bool TryForward(IPAddress client, out AddressUsage shared) => TryCount(client, ofAddress: 1, inAll: 0, out shared);

    public void EndForward(IPAddress client) => Uncount(client, ofAddress: 1, inAll: 0);

    /// <summary>Without counting anything.</summary>
    public AddressUsage UsageOf(IPAddress address)
    {
        lock (gate)
        {
            return Of(address).Shared;
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
                if (usage.IsUnused && time.GetElapsedTime(usage.LoginAt) > TimeSpan.FromMinutes(1)) addresses.Remove(address);
        }
        return Task.CompletedTask;
    }

    private bool TryCount(IPAddress address, int ofAddress, int inAll, out AddressUsage shared)
    {
        var limits = options.Current.Limits;
        var (limit, most) = (limits.ConnectionsPerAddress, ConnectionCeiling.OfProcess);
        if (limits.Connections > 0) most = Math.Min(most, limits.Connections);
        lock (gate)
        {
            var usage = Of(address);
            shared = usage.Shared;
            if (inAll > 0 && connections >= most) return false;
            if (ofAddress > 0 && limit > 0 && usage.Connections >= limit) return false;
            connections += inAll;
            usage.Connections += ofAddress;
            return true;
        }
    }

    private void Uncount(IPAddress address, int ofAddress, int inAll)
    {
        lock (gate)
        {
            connections -= inAll;
            Of(address).Connections -= ofAddress;
        }
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

        /// <summary>Requests count too: those behind a proxy are no connections of their own.</summary>
        public bool IsUnused => Connections == 0 && shared.Requests.AreFree;
    }
}
