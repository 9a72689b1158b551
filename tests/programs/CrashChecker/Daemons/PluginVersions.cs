using System.Text;

namespace CrashChecker.Daemons;

/// <summary>Drops versions of a fixture: one compiled DLL with the number in its text overwritten.</summary>
internal sealed class PluginVersions(string dropFolder)
{
    private const string Compiled = "v0000";

    private readonly byte[] compiled = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "Versioned", "Versioned.dll"));
    private int number;

    /// <summary>Replaces the plugin's DLL by another version, without care, as a copy over the network would.</summary>
    public void DropNext()
    {
        var next = $"v{++number % 10_000:0000}";
        var dll = compiled.ToArray();
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
            Replace(dll, encoding.GetBytes(Compiled), encoding.GetBytes(next));
        Directory.CreateDirectory(dropFolder);
        File.WriteAllBytes(Path.Combine(dropFolder, "Versioned.dll"), dll);
    }

    private static void Replace(Span<byte> bytes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> by)
    {
        for (var rest = bytes; rest.IndexOf(text) is >= 0 and var at; rest = rest[(at + text.Length)..]) by.CopyTo(rest[at..]);
    }
}
