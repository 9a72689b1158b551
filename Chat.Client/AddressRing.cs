using System.Net;

namespace Chat.Client;

/// <summary>
/// The addresses at which a chat may be reached, tried one after the other: those of the options, and before them those that a node of a
/// cluster named when it shut down. For one caller at a time.
/// </summary>
internal sealed class AddressRing
{
    /// <summary>A daemon that names more is no use to anybody.</summary>
    private const int MostNamed = 16;

    private readonly DnsEndPoint[] given;
    private readonly string scheme;
    private DnsEndPoint[] all;
    private int position;

    public AddressRing(ChatClientOptions options)
    {
        all = given = [new DnsEndPoint(options.Host, options.Port), .. options.OtherAddresses];
        scheme = options.Tls ? "tls" : "tcp";
    }

    public int Count => all.Length;

    public DnsEndPoint Current => all[position];

    public void MoveOn() => position = (position + 1) % all.Length;

    /// <summary>After the loss of a connection: goes to the nodes that its last frame named, or else to the next address.</summary>
    /// <param name="elsewhere">Such as <c>tcp://10.0.0.2:5050</c>; null if there are none.</param>
    public void MoveOn(IReadOnlyList<string>? elsewhere)
    {
        var named = (elsewhere ?? []).Take(MostNamed).Select(Parse).OfType<DnsEndPoint>().ToArray();
        if (named.Length == 0)
        {
            MoveOn();
            return;
        }
        (all, position) = ([.. named.Concat(given).Distinct()], 0);
    }

    /// <summary>Null for an address of another transport, or of none that this client knows.</summary>
    private DnsEndPoint? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == scheme && uri is { Port: > 0, DnsSafeHost.Length: > 0 }
            ? new DnsEndPoint(uri.DnsSafeHost, uri.Port)
            : null;
}
