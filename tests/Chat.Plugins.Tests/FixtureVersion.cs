namespace Chat.Plugins.Tests;

/// <summary>Versions of a fixture, by number: one compiled DLL with its version text overwritten.</summary>
internal static class FixtureVersion
{
    /// <param name="mood"><c>calm!</c>, or what else the fixture knows in five letters: <c>throw</c>, <c>hangs</c>, <c>stuck</c>.</param>
    public static byte[] Of(int number, string mood = "calm!", string fixture = "Versioned")
    {
        var compiled = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", fixture, fixture + ".dll"));
        return AssemblyPatch.Text(AssemblyPatch.Text(compiled, "v0000", NameOf(number)), "mood:calm!", $"mood:{mood}");
    }

    public static string NameOf(int number) => $"v{number:0000}";
}
