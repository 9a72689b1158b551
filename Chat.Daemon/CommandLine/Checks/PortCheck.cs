using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Checks that the daemon can listen on its addresses, by listening for a moment.</summary>
internal static class PortCheck
{
    public static IEnumerable<CheckResult> Results(ChatOptions options, ProgramTexts texts)
    {
        IEnumerable<(string Key, IPEndPoint Address)> link = options.Cluster.IsOn ? [("Chat:Cluster:Listen", options.Cluster.Link)] : [];
        return options.Listen.All.Concat(link).Select(endpoint => Result(endpoint.Key, endpoint.Address, texts));
    }

    private static CheckResult Result(string key, IPEndPoint address, ProgramTexts texts)
    {
        var name = $"{key} {address}";
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            socket.Listen();
            return new CheckResult(name, null);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => new CheckResult(name, texts.PortInUse(key, address), ExitStatus.InUse),
                SocketError.AccessDenied => new CheckResult(name, texts.PortForbidden(key, address)),
                SocketError.AddressNotAvailable => new CheckResult(name, texts.AddressNotHere(key, address)),
                _ => new CheckResult(name, texts.PortFailed(key, address, e.Message)),
            };
        }
    }
}
