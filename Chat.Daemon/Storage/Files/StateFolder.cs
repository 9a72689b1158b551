using System.Text;
using Chat.Daemon.Storage.Sqlite;

namespace Chat.Daemon.Storage.Files;

/// <summary>The folder of all state. This process alone holds it until disposal.</summary>
internal sealed class StateFolder : IDisposable
{
    private const string LockName = "chatd.lock";

    /// <summary>SQLite takes at most 512 bytes, with what it adds to the name of a database.</summary>
    private const int MaxPathBytes = 512 - 8;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // The kernel releases the lock when the process dies. The file is never deleted: two processes could then lock two files of one name.
    private readonly FileStream held;

    private StateFolder(string path, FileStream held) => (FolderPath, this.held) = (path, held);

    public string FolderPath { get; }

    /// <exception cref="StateFolderInUseException">Another process holds it.</exception>
    /// <exception cref="DatabaseUnusableException">It cannot be created or written.</exception>
    public static StateFolder Open(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (Encoding.UTF8.GetByteCount(Path.Combine(full, DatabaseFile.Name)) > MaxPathBytes) throw new PathTooLongException();
            CreateFolder(full);
            return new StateFolder(full, OpenPrivate(Path.Combine(full, LockName), FileShare.None));
        }
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            throw InUse(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unusable(path, e);
        }
    }

    /// <summary>Whether another process holds it now; false if that cannot be read. Leaves nothing behind.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(path, LockName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException e)
        {
            return IsHeldElsewhere(e);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Keeps daemons off the folder until disposal, and changes nothing there.</summary>
    /// <returns>Null if no daemon has ever used the folder.</returns>
    /// <exception cref="StateFolderInUseException">Another process holds it.</exception>
    public static IDisposable? HoldUnchanged(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockName), FileMode.Open, FileAccess.Read, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            throw InUse(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e);
        }
    }

    /// <summary>The path of a file in the folder, created if it does not exist; only the owner may read it.</summary>
    /// <exception cref="DatabaseUnusableException">It cannot be created, read or written.</exception>
    public string PrivateFile(string name)
    {
        var path = Path.Combine(FolderPath, name);
        try
        {
            OpenPrivate(path, FileShare.ReadWrite).Dispose();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileUnusable(path, e);
        }
    }

    /// <summary>Writes a whole small file that only the owner may read; it is on the disk when this returns.</summary>
    /// <exception cref="DatabaseUnusableException">It cannot be written.</exception>
    public async Task WritePrivateFileAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var path = PrivateFile(name);
        try
        {
            await using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            await file.WriteAsync(content, cancellation);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileUnusable(path, e);
        }
    }

    public void Dispose() => held.Dispose();

    private static StateFolderInUseException InUse(string path, Exception e) => new(texts => texts.FolderInUse(path), e);

    private static DatabaseUnusableException Unusable(string path, Exception e) =>
        new(texts => e is PathTooLongException ? texts.PathTooLong(path)
            : DiskFull.Is(e) ? texts.NoRoom(path)
            : IsReadOnly(e) ? texts.FolderReadOnly(path)
            : texts.FolderUnusable(path, e.Message.TrimEnd('.')), e);

    private static DatabaseUnusableException FileUnusable(string path, Exception e) =>
        new(texts => DiskFull.Is(e) ? texts.NoRoom(path) : texts.FileUnusable(path, e.Message.TrimEnd('.')), e);

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Whether it failed because the file system is mounted read-only (EROFS), where not even root may write.</summary>
    public static bool IsReadOnly(Exception failure) => !OperatingSystem.IsWindows() && failure is IOException { HResult: 30 };

    /// <summary>A sharing violation on Windows, EWOULDBLOCK on Linux and macOS.</summary>
    private static bool IsHeldElsewhere(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;
}
