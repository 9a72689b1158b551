using System.Security.Cryptography;

namespace Fuzz;

/// <summary>The inputs kept for each target: one folder of files each.</summary>
internal sealed class Corpus(string folder)
{
    private const string Extension = ".input";

    /// <summary>The one beside the program: a copy of the one in the repository.</summary>
    public static Corpus Built { get; } = new(Path.Combine(AppContext.BaseDirectory, "corpus"));

    public IReadOnlyList<(string Name, byte[] Input)> Of(IFuzzTarget target)
    {
        var own = Path.Combine(folder, target.Name);
        return Directory.Exists(own)
            ? [.. Directory.EnumerateFiles(own, "*" + Extension).Order(StringComparer.Ordinal).Select(f => (f, File.ReadAllBytes(f)))]
            : [];
    }

    /// <summary>Returns the path.</summary>
    public string Add(IFuzzTarget target, ReadOnlySpan<byte> input, string kind = "reached")
    {
        var name = $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}{Extension}";
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, target.Name)).FullName, name);
        File.WriteAllBytes(path, input);
        return path;
    }
}
