using System.Security.Cryptography;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>The operator's list of files that may run, by SHA-256; empty: all of them. Shipped plugins lie where the daemon itself does, and are not on it.</summary>
/// <param name="hashes">Those in force now, in hexadecimal.</param>
internal sealed class AllowList(Func<IReadOnlyList<string>> hashes)
{
    /// <summary>Neither is code.</summary>
    private static readonly string[] Harmless = [".pdb", ".xml"];

    public static readonly AllowList Open = new(() => []);

    /// <summary>A sentence where a file of the copy is not on the list; null where all are.</summary>
    /// <exception cref="IOException">The copy can't be read.</exception>
    public Sentence? Problem(PluginCandidate candidate)
    {
        var allowed = hashes();
        if (allowed.Count == 0 || candidate.Source.Origin is PluginOrigin.Shipped) return null;
        var known = allowed.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, hash) in HashesOf(candidate.Staged))
            if (!known.Contains(hash)) return Sentence.Of(t => t.NotAllowed(file, hash));
        return null;
    }

    /// <summary>The files that have to be on the list, by their paths in the copy.</summary>
    /// <inheritdoc cref="Problem" path="/exception"/>
    public static IEnumerable<(string File, string Hash)> HashesOf(StagedPlugin plugin) =>
        from file in new PluginSource("", plugin.Assembly, plugin.Folder, PluginOrigin.Dropped).Files.Order(StringComparer.Ordinal)
        where !Harmless.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        select (Path.GetRelativePath(plugin.Folder, file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
}
