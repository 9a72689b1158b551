using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins.Discovery;

/// <param name="Folder">Read-only, and named by what it holds.</param>
internal sealed record StagedPlugin(string Folder, string Assembly)
{
    /// <summary>SHA-256 over the names and contents of all files.</summary>
    public string Hash => Path.GetFileName(Folder);
}

/// <summary>The daemon's own copies of plugins. A DLL that is mapped must never change: truncating it would end the process.</summary>
internal sealed class PluginStage(string folder)
{
    private const string Unfinished = ".new-";

    /// <summary>Copies the plugin into a folder of its hash; what is there already is used again if it is intact.</summary>
    /// <exception cref="PluginRefusedException">It can't be read, copied or trusted.</exception>
    public StagedPlugin Stage(PluginSource source)
    {
        if (!File.Exists(source.Assembly))
            throw new PluginRefusedException(Sentence.Of(t => t.NoDll(source.Name)), Fault.Unfinished);
        var unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            CreatePrivate(folder);
            Directory.CreateDirectory(unfinished);
            Copy(source, unfinished);
            var kept = Keep(unfinished);
            return new(kept, Path.Combine(kept, Path.GetFileName(source.Assembly)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginRefusedException(Sentence.Of(t => t.NotCopied(folder, failure.Message)), Fault.Unfinished, failure);
        }
        finally
        {
            Delete(unfinished);
        }
    }

    /// <summary>The copy of that hash; null where it is not there, or is damaged.</summary>
    /// <param name="assembly">The name of its DLL.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public StagedPlugin? Find(string hash, string assembly)
    {
        var kept = Path.Combine(folder, hash);
        var dll = Path.Combine(kept, assembly);
        return File.Exists(dll) && HashOf(kept) == hash ? new(kept, dll) : null;
    }

    /// <summary>Deletes all copies but these.</summary>
    /// <exception cref="IOException">One can't be deleted.</exception>
    public void Prune(IReadOnlySet<string> hashesInUse)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var unused in Directory.EnumerateDirectories(folder).Where(copy => !hashesInUse.Contains(Path.GetFileName(copy)))) Delete(unused);
    }

    /// <summary>Whoever could write there could run code as the daemon.</summary>
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

    /// <summary>Of the file, and of each folder on the way to it: whoever may write there may put another in its place.</summary>
    private static void CheckTrust(PluginSource source, string file, HashSet<string> trusted)
    {
        for (var path = file; path is not null && trusted.Add(path); path = path == (source.Folder ?? file) ? null : Path.GetDirectoryName(path))
            if (FolderTrust.Problem(path, source.Origin) is { } problem) throw new PluginRefusedException(problem);
    }

    /// <summary>Atomically, so that no half copy ever has a name that is trusted.</summary>
    private string Keep(string unfinished)
    {
        var hash = HashOf(unfinished);
        var kept = Path.Combine(folder, hash);
        if (Directory.Exists(kept) && HashOf(kept) != hash) Delete(kept);
        if (!Directory.Exists(kept)) Directory.Move(unfinished, kept);
        return kept;
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var file in PluginSource.AllIn(folder).Order(StringComparer.Ordinal))
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
