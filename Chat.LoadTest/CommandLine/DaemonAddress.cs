using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Chat.LoadTest.CommandLine;

/// <summary>HOST:PORT, or [IPV6]:PORT.</summary>
internal sealed record DaemonAddress(string Host, int Port)
{
    public bool IsThisMachine => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    public static bool TryParse(string text, [NotNullWhen(true)] out DaemonAddress? address)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon].Trim('[', ']');
        var isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535;
        var isGood = isPort && host.Length > 0 && (text[0] == '[' || !host.Contains(':')) && !host.Any(char.IsControl);
        address = isGood ? new(host, port) : null;
        return isGood;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
