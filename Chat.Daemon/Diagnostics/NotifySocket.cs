using System.Net.Sockets;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Tells the service manager that started the daemon with a <c>NOTIFY_SOCKET</c> (systemd's <c>Type=notify</c>) what state it is in; says
/// nothing elsewhere.
/// </summary>
internal static class NotifySocket
{
    public static void Say(IReadOnlyDictionary<string, string> environment, string state)
    {
        if (!environment.TryGetValue("NOTIFY_SOCKET", out var path) || path.Length == 0) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // An @ stands for the null byte of a name that is in no folder.
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
    }
}
