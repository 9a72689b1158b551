namespace Chat.Generators.Tests;

/// <summary>A whole plugin and its generated code. After an intended change, copy the generated code over the snapshot.</summary>
[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    [DataRow("PluginEntry.g.cs")]
    [DataRow("Commands_Games_RoomCommands.g.cs")]
    public void TheGeneratedCodeEqualsTheSnapshot(string file)
    {
        var generation = Snippet.Generate(Read("RoomCommands.cs.txt"), "Games");
        Assert.AreEqual("", string.Join('\n', generation.Warnings));
        var generated = Path.Combine(AppContext.BaseDirectory, "snapshots", file + ".new");
        File.WriteAllText(generated, generation.Sources[file]);
        Assert.AreEqual(Read(file + ".txt"), generation.Sources[file], $"The generated code is in {generated}.");
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "snapshots", file)).ReplaceLineEndings("\n");
}
