using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>
/// The daemon's own copies of plugins. It loads only these: if a DLL changes while it is mapped into memory, the process crashes.
/// </summary>
internal sealed class StagingFolder(string folder)
{
    private const string Unfinished = ".new-";

    /// <summary>Copies the plugin into a folder named by its hash. Reuses a copy that is already there and intact.</summary>
    /// <exception cref="PluginRefusedException">It cannot be read, copied or trusted.</exception>
    public StagedPlugin Stage(PluginSource source)
    {
        if (!File.Exists(source.Assembly))
            throw new PluginRefusedException(LocalizedText.Of(t => t.NoDll(source.Name)), PluginFault.Incomplete);
        var unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            CreatePrivate(folder);
            Directory.CreateDirectory(unfinished);
            Copy(source, unfinished);
            var copy = Keep(unfinished);
            return new(copy, Path.Combine(copy, Path.GetFileName(source.Assembly)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginRefusedException(LocalizedText.Of(t => t.CopyFailed(folder, failure.Message)), PluginFault.Incomplete, failure);
        }
        finally
        {
            Delete(unfinished);
        }
    }

    /// <summary>The copy with this hash; null if it is missing or damaged.</summary>
    /// <param name="assembly">The file name of its DLL.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public StagedPlugin? Find(string hash, string assembly)
    {
        var copy = Path.Combine(folder, hash);
        var dll = Path.Combine(copy, assembly);
        return File.Exists(dll) && HashOf(copy) == hash ? new(copy, dll) : null;
    }

    /// <summary>Deletes all other copies.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public void Prune(IReadOnlySet<string> hashesInUse)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var copy in Directory.EnumerateDirectories(folder))
            if (!hashesInUse.Contains(Path.GetFileName(copy))) Delete(copy);
    }

    /// <summary>Anyone who can write there can run code as the daemon.</summary>
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Copy(PluginSource source, string target)
    {
        var trusted = new HashSet<string>();
        foreach (var file in source.Files)
        {
            CheckTrust(source, file, trusted);
            var copy = Path.Combine(target, Path.GetRelativePath(Path.GetDirectoryName(source.Assembly)!, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            new FileInfo(copy).IsReadOnly = true;
        }
    }

    /// <summary>Checks the file and each folder above it, because anyone who can write to those can replace the file.</summary>
    private static void CheckTrust(PluginSource source, string file, HashSet<string> trusted)
    {
        var top = source.Folder ?? file;
        for (var path = file; path is not null && trusted.Add(path); path = Path.GetDirectoryName(path))
        {
            if (FolderTrust.ProblemOf(path, source.Origin) is { } problem) throw new PluginRefusedException(problem);
            if (path == top) break;
        }
    }

    /// <summary>Renames the finished copy, so that a partial copy never has a trusted name.</summary>
    private string Keep(string unfinished)
    {
        var hash = HashOf(unfinished);
        var copy = Path.Combine(folder, hash);
        if (Directory.Exists(copy) && HashOf(copy) != hash) Delete(copy);
        if (!Directory.Exists(copy)) Directory.Move(unfinished, copy);
        return copy;
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var file in PluginSource.FilesIn(folder).Order(StringComparer.Ordinal))
        {
            foreach (var part in (byte[][])[Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)), File.ReadAllBytes(file)])
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
                hash.AppendData(length);
                hash.AppendData(part);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Delete(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) new FileInfo(file).IsReadOnly = false;
        Directory.Delete(folder, recursive: true);
    }
}
