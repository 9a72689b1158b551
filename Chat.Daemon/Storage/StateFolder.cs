namespace Chat.Daemon.Storage;

/// <summary>The folder of all state. This process alone holds it until disposal.</summary>
internal sealed class StateFolder : IDisposable
{
    private const string LockName = "chatd.lock";
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
            throw new DatabaseUnusableException(texts => texts.FileUnusable(path, e.Message.TrimEnd('.')), e);
        }
    }

    public void Dispose() => held.Dispose();

    private static StateFolderInUseException InUse(string path, Exception e) => new(texts => texts.FolderInUse(path), e);

    private static DatabaseUnusableException Unusable(string path, Exception e) =>
        new(texts => texts.FolderUnusable(path, e.Message.TrimEnd('.')), e);

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

    /// <summary>A sharing violation on Windows, EWOULDBLOCK on Linux and macOS.</summary>
    private static bool IsHeldElsewhere(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;
}
