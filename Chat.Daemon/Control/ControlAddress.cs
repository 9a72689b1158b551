using System.Net.Sockets;
using System.Text;

namespace Chat.Daemon.Control;

/// <summary>
/// Where the daemon takes orders: a socket in its data folder. The address of a socket has room for about a hundred bytes; a longer path is
/// reached through a link with a short one, which only lives as long as this object.
/// </summary>
internal sealed class ControlAddress : IDisposable
{
    private const string FileName = "control.sock";

    /// <summary>macOS has room for 104 bytes, Linux for 108, both with a zero at the end.</summary>
    private const int MaxBytes = 103;

    private readonly DirectoryInfo? shortcut;

    public ControlAddress(string folder)
    {
        FilePath = Path.Combine(Path.GetFullPath(folder), FileName);
        var path = FilePath;
        if (Encoding.UTF8.GetByteCount(path) > MaxBytes)
        {
            shortcut = Directory.CreateTempSubdirectory("chatd-"); // only its owner can put something else there
            path = Path.Combine(shortcut.FullName, "d", FileName);
            Directory.CreateSymbolicLink(Path.GetDirectoryName(path)!, Path.GetFullPath(folder));
        }
        EndPoint = new UnixDomainSocketEndPoint(path);
    }

    public string FilePath { get; }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose()
    {
        if (shortcut is null) return;
        Directory.Delete(Path.Combine(shortcut.FullName, "d")); // the link, not the folder
        shortcut.Delete();
    }
}
