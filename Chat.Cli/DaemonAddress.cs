using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chat.Cli;

/// <summary>HOST:PORT, HOST (port 5050), or [IPV6]:PORT.</summary>
internal sealed record DaemonAddress(string Host, int Port)
{
    public static readonly DaemonAddress Default = new("127.0.0.1", 5050);

    public static bool TryParse(string text, [NotNullWhen(true)] out DaemonAddress? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        var isBare = colon < 0 || text.EndsWith(']') || (text.IndexOf(':') != colon && text[0] != '[');
        var host = (isBare ? text : text[..colon]).Trim('[', ']');
        var port = Default.Port;
        if (host.Length == 0 || (!isBare && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)) || port is < 1 or > 65535) return false;
        address = new(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
