using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>
/// A thread of this process with another user id: for the kernel, ids belong to threads, and only the C library gives all the same.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class OtherAccount
{
    private const int Nobody = 65534;

    /// <summary>Sends a line to a socket as nobody.</summary>
    /// <returns>All that came back.</returns>
    public static Task<string> OrderAsync(string socketPath, string line)
    {
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                answered.SetResult(Order(socketPath, line));
            }
            catch (Exception e)
            {
                answered.SetException(e);
            }
        })
        { IsBackground = true }.Start();
        return answered.Task;
    }

    /// <summary>Its thread ends with the other id.</summary>
    private static string Order(string socketPath, string line)
    {
        var setUserIds = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117; // setresuid
        if (syscall(setUserIds, -1, Nobody, -1) != 0) throw new InvalidOperationException("setresuid failed");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(socketPath));
        try
        {
            socket.Send(Encoding.UTF8.GetBytes(line + "\n"));
            var answer = new byte[4_096];
            return Encoding.UTF8.GetString(answer, 0, socket.Receive(answer));
        }
        catch (SocketException)
        {
            return ""; // closed before it was read
        }
    }

    [LibraryImport("libc")]
    private static partial long syscall(long number, long real, long effective, long saved);
}
