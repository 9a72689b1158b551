using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon.Sessions;

/// <summary>Connections and logins of each network address; of IPv6 the first 64 bits, which one customer has. Safe from any thread.</summary>
internal sealed class AddressLimits(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Usage> addresses = [];

    /// <summary>Counts a connection in; false where the address has <paramref name="limit"/> already. 0 is no limit.</summary>
    public bool TryConnect(IPAddress address, int limit)
    {
        lock (gate)
        {
            var usage = Of(address);
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

    /// <summary>Counts a login; null, or how long to wait. A minute's worth may come at once. 0 is no limit.</summary>
    public TimeSpan? TryLogin(IPAddress address, int perMinute)
    {
        if (perMinute == 0) return null;
        lock (gate)
        {
            var usage = Of(address);
            var now = time.GetTimestamp();
            usage.Logins = Math.Min(perMinute, usage.Logins + (time.GetElapsedTime(usage.LoginAt, now).TotalMinutes * perMinute));
            usage.LoginAt = now;
            if (usage.Logins < 1) return TimeSpan.FromMinutes((1 - usage.Logins) / perMinute);
            usage.Logins--;
            return null;
        }
    }

    /// <summary>Forgets addresses that have been silent for more than a minute. Called by a clock.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            foreach (var (address, usage) in addresses)
                if (usage.Connections == 0 && time.GetElapsedTime(usage.LoginAt) > TimeSpan.FromMinutes(1)) addresses.Remove(address);
        }
    }

    private Usage Of(IPAddress address)
    {
        var network = NetworkOf(address);
        if (!addresses.TryGetValue(network, out var usage)) addresses[network] = usage = new Usage { LoginAt = time.GetTimestamp() };
        return usage;
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Usage
    {
        public int Connections { get; set; }

        /// <summary>Logins that may come now.</summary>
        public double Logins { get; set; } = double.MaxValue;

        public long LoginAt { get; set; }
    }
}
