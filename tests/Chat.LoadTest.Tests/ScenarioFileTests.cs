using System.Text.Json;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Tests;

[TestClass]
public sealed class ScenarioFileTests
{
    private static readonly LoadTexts Texts = new("en");

    [TestMethod]
    public async Task InitWritesAnExampleThatRuns()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("run.json");
        var init = await LoadProcess.RunAsync("--init", file);
        Assert.AreEqual(0, init.Status, init.Errors);
        Assert.IsTrue(File.Exists(folder.File(ScenarioFile.SchemaName)));
        Assert.HasCount(2, ScenarioFile.Read(file, Texts).Scenarios);
        var again = await LoadProcess.RunAsync("--init", file);
        Assert.AreEqual(2, again.Status, "It replaces no file.");
    }

    [TestMethod]
    public void TheSchemaNamesEverySetting()
    {
        using var stream = ScenarioFile.Embedded(ScenarioFile.SchemaName);
        var schema = JsonDocument.Parse(stream).RootElement;
        AssertSame(schema.GetProperty("properties"), typeof(ScenarioFile));
        var definitions = schema.GetProperty("$defs");
        AssertSame(definitions.GetProperty("scenario").GetProperty("properties"), typeof(ScenarioSettings));
        AssertSame(definitions.GetProperty("stage").GetProperty("properties"), typeof(Stage));
        var kinds = definitions.GetProperty("scenario").GetProperty("properties").GetProperty("kind").GetProperty("enum");
        CollectionAssert.AreEqual(ScenarioCatalogue.Kinds.ToList(), kinds.EnumerateArray().Select(kind => kind.GetString()).ToList());
    }

    [TestMethod]
    [DataRow("", "a file that is not there")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"scenarios":[]}""")]
    [DataRow("""{"scenarios":[{"kind":"other"}]}""")]
    [DataRow("""{"scenarios":[{"user":5}]}""")]
    [DataRow("""{"scenarios":[{"users":0}]}""")]
    [DataRow("""{"scenarios":[{"users":10,"rooms":20}]}""")]
    [DataRow("""{"scenarios":[{"stages":[]}]}""")]
    [DataRow("""{"scenarios":[{"stages":[{"seconds":1e9,"rate":1}]}]}""")]
    [DataRow("""{"scenarios":[{"stages":null}]}""")]
    [DataRow("""{"scenarios":[{"name":"a:b"}]}""")]
    [DataRow("""{"scenarios":[{"kind":"idle"},{"kind":"idle"}]}""")]
    [DataRow("""{"scenarios":[{"mix":{"read":0,"write":0,"edit":0,"react":0,"search":0,"command":0}}]}""")]
    [DataRow("""{"scenarios":[{"changes":101}]}""")]
    [DataRow("""{"scenarios":[{"search":-1}]}""")]
    [DataRow("""{"warmup":-1,"scenarios":[{}]}""")]
    public void AMistakeIsRefused(string json, string? note = null)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("run.json");
        if (note is null) File.WriteAllText(file, json);
        var refusal = Assert.ThrowsExactly<LoadException>(() => ScenarioFile.Read(file, Texts));
        Assert.AreEqual(ExitStatus.WrongUsage, refusal.Status);
        StringAssert.Contains(refusal.Message, "run.json");
    }

    [TestMethod]
    [DataRow("""{"scenarios":[{"mix":{"edits":1}}]}""", "there is no setting \"edits\"")]
    [DataRow("{\"scenarios\":[\n{\"search\":\"x\"}]}", "scenarios[0].search in line 2 has a value of the wrong kind")]
    public void AMistakeIsNamedInTheWordsOfTheFile(string json, string named)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("run.json"), json);
        var refusal = Assert.ThrowsExactly<LoadException>(() => ScenarioFile.Read(folder.File("run.json"), Texts));
        StringAssert.Contains(refusal.Message, named);
    }

    private static void AssertSame(JsonElement properties, Type type) =>
        CollectionAssert.AreEquivalent(
            properties.EnumerateObject().Select(property => property.Name).ToList(),
            ScenarioFile.Json.GetTypeInfo(type).Properties.Where(property => property.Set is not null).Select(one => one.Name).ToList());
}
