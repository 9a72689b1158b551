namespace Chat.Plugins.Tests;

/// <summary>Versions of a fixture, by number: one compilation, written over.</summary>
internal static class Versions
{
    /// <param name="mood"><c>calm!</c>, or what else the fixture knows, in five letters: <c>throw</c>, <c>hangs</c>, <c>stuck</c>.</param>
    public static byte[] Of(int number, string mood = "calm!", string fixture = "Versioned") =>
        Patch.Text(Patch.Text(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", fixture, fixture + ".dll")), "v0000", NameOf(number)), "mood:calm!", $"mood:{mood}");

    public static string NameOf(int number) => $"v{number:0000}";
}
