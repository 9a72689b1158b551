using System.Text;
using Chat.Client.Programs;

namespace Chat.Cli;

/// <summary>
/// The token of one user at one daemon, in a file that only its owner can read. It is locked while a program uses the session:
/// a second run of the same user gets its own session instead of taking this one over.
/// </summary>
internal sealed class TokenFile : IDisposable
{
    /// <summary>Bytes; a longer file contains no token.</summary>
    private const int Longest = 1_024;

    private readonly FileStream file;

    private TokenFile(FileStream file) => this.file = file;

    /// <summary>Null if another program holds it.</summary>
    /// <exception cref="IOException">Cannot create the folder or the file.</exception>
    /// <exception cref="UnauthorizedAccessException">Cannot create the folder or the file.</exception>
    public static TokenFile? Open(string folder, DaemonAddress daemon, string user)
    {
        CreateFolder(folder);
        var key = Protocol.UserName.TryParse(user, out var name) ? name.Key : user;
        var path = Path.Combine(folder, $"{Uri.EscapeDataString(daemon.ToString())}_{Uri.EscapeDataString(key)}.token");
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
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

    /// <summary>Null if there is none.</summary>
    public string? Read()
    {
        if (file.Length > Longest) return null;
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        return reader.ReadLine() is { Length: > 0 } token ? token : null;
    }

    /// <exception cref="IOException">The disk is full; the file is empty then.</exception>
    public void Write(string token)
    {
        file.SetLength(0);
        try
        {
            file.Write(Encoding.UTF8.GetBytes(token + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException) // the latter over the process's file size limit
        {
            file.SetLength(0); // a partial token is useless
            throw e as IOException ?? new IOException(e.Message, e);
        }
    }

    /// <summary>Removes the token of an ended session.</summary>
    public void Clear() => file.SetLength(0);

    /// <summary>Deletes the file if it is empty, while it is still locked.</summary>
    public void Dispose()
    {
        using (file)
            if (file.Length == 0) File.Delete(file.Name);
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
