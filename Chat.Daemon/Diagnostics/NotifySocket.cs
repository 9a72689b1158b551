using System.Net.Sockets;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Reports the daemon's state to the service manager that set <c>NOTIFY_SOCKET</c> (systemd's <c>Type=notify</c>); without it, does
/// nothing.
/// </summary>
internal static class NotifySocket
{
    public static void Say(IReadOnlyDictionary<string, string> environment, string state)
    {
        if (!environment.TryGetValue("NOTIFY_SOCKET", out var path) || path.Length == 0) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // A leading @ means an abstract socket, whose name starts with a null byte.
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
    }
}
