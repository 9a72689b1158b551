using System.Security.Cryptography;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins;

/// <summary>The operator's list of files that may run, by SHA-256; empty: all of them. Shipped plugins lie where the daemon itself does, and are not on it.</summary>
/// <param name="hashes">Those in force now, in hexadecimal.</param>
internal sealed class AllowList(Func<IReadOnlyList<string>> hashes)
{
    /// <summary>Neither is code.</summary>
    private static readonly string[] Harmless = [".pdb", ".xml"];

    public static readonly AllowList Open = new(() => []);

    /// <summary>A sentence where a file of the copy is not on the list; null where all are.</summary>
    /// <exception cref="IOException">The copy can't be read.</exception>
    public string? Problem(PluginCandidate candidate)
    {
        var allowed = hashes();
        if (allowed.Count == 0 || candidate.Source.Origin is PluginOrigin.Shipped) return null;
        var known = allowed.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var file in new PluginSource("", candidate.Staged.Assembly, candidate.Staged.Folder, PluginOrigin.Dropped).Files.Order(StringComparer.Ordinal))
        {
            if (Harmless.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)) continue;
            if (!known.Contains(HashOf(file))) return Printable.Escape($"{Path.GetRelativePath(candidate.Staged.Folder, file)} is not on the list of allowed files; to allow it, add {HashOf(file)} to Chat:Plugins:Allowed.");
        }
        return null;
    }

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
