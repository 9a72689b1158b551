using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Chat.Daemon.Control;

/// <summary>Who is at the other end of a socket of this machine. Linux and macOS.</summary>
internal static partial class ControlCredentials
{
    private const uint Root = 0;

    /// <summary>The account that this process runs as.</summary>
    public static string Own =>
        OperatingSystem.IsWindows() ? Environment.UserName : geteuid().ToString(CultureInfo.InvariantCulture);

    /// <returns>The account at the other end, if it is the daemon's own or root; else null.</returns>
    public static string? TrustedUser(Socket socket) => UserOf(socket) is var user && (user == Root || user == geteuid())
        ? user.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>
    /// Binds and listens so that nobody else can connect, not even for a moment: before it listens, a socket takes no connection. A umask
    /// would also take the rights from the folders that other threads create meanwhile.
    /// </summary>
    /// <param name="path">The socket's file.</param>
    public static void ListenPrivately(Socket socket, System.Net.EndPoint address, string path)
    {
        socket.Bind(address);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen();
    }

    private static uint UserOf(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return getpeereid((int)socket.Handle, out var user, out _) == 0
                ? user : throw new SocketException(Marshal.GetLastPInvokeError());
        }
        const int socketLevel = 1, peerCredentials = 17; // SOL_SOCKET, SO_PEERCRED: the process, the user, the group
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(socketLevel, peerCredentials, credentials);
        return BitConverter.ToUInt32(credentials[4..8]);
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getpeereid(int socket, out uint user, out uint group);
}
