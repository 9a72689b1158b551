using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>
/// Waits for many sockets at once: Linux's epoll, edge-triggered, so that a socket is registered once and tells of each change once. For
/// one thread, but <see cref="Signal"/> is for any.
/// </summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    /// <summary>What <see cref="Wait"/> reports for a signal.</summary>
    public const long SignalId = 0;

    private const int Most = 256, Add = 1, CloseOnExec = 0x80000, NonBlocking = 0x800, Interrupted = 4;
    private const uint In = 0x1, PeerClosed = 0x2000, Failed = 0x8 | 0x10, EdgeTriggered = 1u << 31;

    /// <summary>Of a struct epoll_event, which is packed on x86-64 alone.</summary>
    private static readonly int Size = IsPacked ? 12 : 16, DataAt = IsPacked ? 4 : 8;

    private readonly SafeFileHandle set = new(Check(Create(CloseOnExec)), ownsHandle: true);
    private readonly SafeFileHandle signal = new(Check(CreateSignal(0, CloseOnExec | NonBlocking)), ownsHandle: true);
    private readonly byte[] events = new byte[Most * Size];

    public Epoll() => Watch(signal, SignalId);

    private static bool IsPacked => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Reports data and the end of the socket, until it is closed.</summary>
    public void Watch(Socket socket, long id) => Watch(socket.SafeHandle, id);

    /// <summary>Waits for events, or does not if told so.</summary>
    /// <returns>Their number.</returns>
    public int Wait(bool isBusy)
    {
        fixed (byte* first = events)
        {
            var count = WaitFor(set, first, Most, isBusy ? 0 : -1);
            if (count >= 0) return count;
            return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw new Win32Exception();
        }
    }

    public long IdAt(int index) => MemoryMarshal.Read<long>(events.AsSpan((index * Size) + DataAt));

    /// <summary>Whether the client has closed its sending side, or is gone.</summary>
    public bool IsEndAt(int index) => (MemoryMarshal.Read<uint>(events.AsSpan(index * Size)) & (PeerClosed | Failed)) != 0;

    /// <summary>Ends the wait. Nobody reads the signal: each write of it is an event of its own.</summary>
    public void Signal()
    {
        var one = 1UL;
        try
        {
            _ = Write(signal, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The daemon has stopped: nobody waits.
        }
    }

    public void Dispose()
    {
        set.Dispose();
        signal.Dispose();
    }

    private void Watch(SafeHandle file, long id)
    {
        Span<byte> wanted = stackalloc byte[Size];
        MemoryMarshal.Write(wanted, In | PeerClosed | EdgeTriggered);
        MemoryMarshal.Write(wanted[DataAt..], id);
        fixed (byte* first = wanted) Check(Control(set, Add, file, first));
    }

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int CreateSignal(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeHandle set, int operation, SafeHandle file, byte* wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitFor(SafeHandle set, byte* events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle file, ulong* bytes, nint count);
}
