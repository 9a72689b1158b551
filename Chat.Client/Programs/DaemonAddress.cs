using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chat.Client.Programs;

/// <summary>HOST:PORT, [IPV6]:PORT, or either without a port (5050).</summary>
internal sealed record DaemonAddress(string Host, int Port)
{
    public static readonly DaemonAddress Default = new("127.0.0.1", 5050);

    public bool IsThisMachine =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    public static bool TryParse(string text, [NotNullWhen(true)] out DaemonAddress? address)
    {
        address = null;
        var (host, port) = Split(text);
        if (!IsHost(host)) return false;
        if (port is null) address = Default with { Host = host };
        else if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535)
            address = new(host, number);
        return address is not null;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>An IPv6 address without brackets has no port: its last group can't be told from one.</summary>
    private static (string Host, string? Port) Split(string text)
    {
        if (IsIPv6(text)) return (text, null);
        if (!text.StartsWith('[')) return text.IndexOf(':') is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, null);
        var end = text.IndexOf(']');
        if (end < 0 || !IsIPv6(text[1..end])) return ("", null);
        return end == text.Length - 1 ? (text[1..end], null) : text[end + 1] == ':' ? (text[1..end], text[(end + 2)..]) : ("", null);
    }

    private static bool IsHost(string host) =>
        host.Length > 0 && (IsIPv6(host) || !host.Any(c => c is ':' or '[' or ']' || char.IsControl(c) || char.IsWhiteSpace(c)));

    private static bool IsIPv6(string text) =>
        !text.StartsWith('[') && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
