using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Chat.Client.Programs;

/// <summary>The addresses of one chat: of its daemon, or of the nodes of a cluster, separated by commas.</summary>
internal sealed class DaemonAddresses
{
    public const int Most = 16;

    public static readonly DaemonAddresses Default = new([DaemonAddress.Default]);

    private readonly DaemonAddress[] all;

    private DaemonAddresses(DaemonAddress[] all) => this.all = all;

    /// <summary>The one that stands for the chat: saved sessions are kept under it.</summary>
    public DaemonAddress First => all[0];

    public IReadOnlyList<DnsEndPoint> Others => [.. all.Skip(1).Select(other => new DnsEndPoint(other.Host, other.Port))];

    public static bool TryParse(string text, [NotNullWhen(true)] out DaemonAddresses? addresses)
    {
        addresses = null;
        var all = new List<DaemonAddress>();
        foreach (var part in text.Split(','))
        {
            if (all.Count == Most || !DaemonAddress.TryParse(part.Trim(), out var address)) return false;
            if (!all.Contains(address)) all.Add(address);
        }
        addresses = new DaemonAddresses([.. all]);
        return true;
    }

    public override string ToString() => string.Join(", ", all.Select(address => address.ToString()));
}
