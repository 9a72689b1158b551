namespace Chat.Plugins.Tests;

/// <summary>Versions of the fixture Versioned, by number: one compilation, written over.</summary>
internal static class Versions
{
    /// <param name="mood"><c>calm!</c>, <c>throw</c> or <c>hangs</c>: what it does at its start.</param>
    public static byte[] Of(int number, string mood = "calm!") =>
        Patch.Text(Patch.Text(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "Versioned", "Versioned.dll")), "v0000", NameOf(number)), "mood:calm!", $"mood:{mood}");

    public static string NameOf(int number) => $"v{number:0000}";
}
