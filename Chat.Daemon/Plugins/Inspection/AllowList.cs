using System.Security.Cryptography;
using Chat.Daemon.Plugins.Discovery;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>The operator's list of files that may run, by SHA-256. An empty list allows all. Shipped plugins need no entry.</summary>
/// <param name="hashes">The current list, in hexadecimal.</param>
internal sealed class AllowList(Func<IReadOnlyList<string>> hashes)
{
    private static readonly string[] WithoutCode = [".pdb", ".xml"];

    public static readonly AllowList Open = new(() => []);

    /// <summary>Names the first file of the copy that is not on the list; null if all are.</summary>
    /// <exception cref="IOException">The copy cannot be read.</exception>
    public LocalizedText? ProblemOf(PluginCandidate candidate)
    {
        var allowed = hashes();
        if (allowed.Count == 0 || candidate.Source.Origin is PluginOrigin.Shipped) return null;
        var known = allowed.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, hash) in HashesOf(candidate.Staged))
            if (!known.Contains(hash)) return LocalizedText.Of(t => t.NotAllowed(file, hash));
        return null;
    }

    /// <summary>The files that must be on the list, by their paths in the copy.</summary>
    /// <inheritdoc cref="ProblemOf" path="/exception"/>
    public static IEnumerable<(string File, string Hash)> HashesOf(StagedPlugin plugin) =>
        from file in PluginSource.FilesIn(plugin.Folder).Order(StringComparer.Ordinal)
        where !WithoutCode.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        select (Path.GetRelativePath(plugin.Folder, file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
}
