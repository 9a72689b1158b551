using System.Text;
using Chat.Client.Programs;

namespace Chat.Cli;

/// <summary>
/// The token of one user at one daemon, in a file that only its owner may read. It is locked while a program uses the session:
/// a second program of the same user gets a session of its own instead of taking this one over.
/// </summary>
internal sealed class TokenFile : IDisposable
{
    /// <summary>Bytes; what is longer is no token.</summary>
    private const int Longest = 1_024;

    private readonly FileStream file;

    private TokenFile(FileStream file) => this.file = file;

    /// <summary>Null where another program holds it.</summary>
    /// <exception cref="IOException">The folder can't be made or written; so for <see cref="UnauthorizedAccessException"/>.</exception>
    public static TokenFile? Open(string folder, DaemonAddress daemon, string user)
    {
        MakeFolder(folder);
        var key = Protocol.UserName.TryParse(user, out var name) ? name.Key : user;
        var path = Path.Combine(folder, $"{Uri.EscapeDataString(daemon.ToString())}_{Uri.EscapeDataString(key)}.token");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new TokenFile(file);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
    }

    /// <summary><c>chat</c> under XDG_STATE_HOME, or under ~/.local/state.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state)
            ? state : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "chat");

    /// <summary>Null where there is none.</summary>
    public string? Read()
    {
        if (file.Length > Longest) return null;
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        return reader.ReadLine() is { Length: > 0 } token ? token : null;
    }

    /// <exception cref="IOException">There is no room; then nothing of it stays.</exception>
    public void Write(string token)
    {
        file.SetLength(0);
        try
        {
            file.Write(Encoding.UTF8.GetBytes(token + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException) // the latter beyond the process's limit for files
        {
            file.SetLength(0); // the beginning of a token is none
            throw e as IOException ?? new IOException(e.Message, e);
        }
    }

    /// <summary>The session is over: nothing of it stays.</summary>
    public void Clear() => file.SetLength(0);

    /// <summary>A file without a token is removed, while it is still locked: the next program finds none, or its own.</summary>
    public void Dispose()
    {
        using (file)
            if (file.Length == 0) File.Delete(file.Name);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
