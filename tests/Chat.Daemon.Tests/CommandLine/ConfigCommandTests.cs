using Chat.Daemon.Configuration;

namespace Chat.Daemon.Tests.CommandLine;

[TestClass]
public sealed class ConfigCommandTests
{
    [TestMethod]
    public async Task ShowPrintsEachValueAndItsSource()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("own.json", """
            { "Chat": { "Limits": { "Rooms": 5 }, "Plugins": { "Folders": [ "a", "b" ] }, "Admin": { "Password": "correct horse" } } }
            """);
        var (status, output, error) = await ProgramInTest.RunAsync(
            ["config", "show", "--config", file, "--Chat:Language", "en", "--data", "d\u202e"]);

        Assert.AreEqual((0, ""), (status, error));
        var lines = output.TrimEnd().Split('\n')
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToDictionary(parts => parts[0]);
        CollectionAssert.AreEqual(SettingTree.All.Select(setting => setting.Key).ToList(), lines.Keys.ToList());
        CollectionAssert.AreEqual(new[] { "Chat:Limits:Rooms", "5", file }, lines["Chat:Limits:Rooms"]);
        CollectionAssert.AreEqual(new[] { "Chat:Plugins:Folders", """["a","b"]""", file }, lines["Chat:Plugins:Folders"]);
        CollectionAssert.AreEqual(new[] { "Chat:Language", "en", "command line" }, lines["Chat:Language"]);
        CollectionAssert.AreEqual(new[] { "Chat:Data:Folder", "d\\u202E", "command line" }, lines["Chat:Data:Folder"]);
        CollectionAssert.AreEqual(new[] { "Chat:Limits:OutboxBytes", "1048576", "default" }, lines["Chat:Limits:OutboxBytes"]);
        CollectionAssert.AreEqual(new[] { "Chat:Admin:Password", "***", file }, lines["Chat:Admin:Password"]);
        Assert.DoesNotContain("correct horse", output);
    }

    [TestMethod]
    public async Task ShortOptionsSetTheirSettings()
    {
        var (_, output, _) = await ProgramInTest.RunAsync(
            ["config", "show", "--listen", "127.0.0.1:1", "--http", "off", "--data", "d", "--plugins", "p", "--plugins", "q"]);
        string[] rows =
        [
            "Chat:Listen:Tcp +127.0.0.1:1", "Chat:Listen:Http +off", "Chat:Data:Folder +d", """Chat:Plugins:Folders +\["p","q"\]""",
        ];
        foreach (var row in rows)
            StringAssert.Matches(output, new System.Text.RegularExpressions.Regex(row + " +command line"));
    }

    [TestMethod]
    public async Task InitWritesTheTemplateAndNeverOverwrites()
    {
        using var folder = new ScratchFolder();
        var (status, output, _) = await ProgramInTest.RunAsync(["config", "init", folder["chatd.json"]]);
        Assert.AreEqual((0, $"Wrote {folder["chatd.json"]}.\n"), (status, output));
        Assert.AreEqual(SettingsTemplate.Write(SettingTexts.English), await File.ReadAllTextAsync(folder["chatd.json"]));

        folder.Write("chatd.json", "mine");
        (status, output, var error) = await ProgramInTest.RunAsync(["config", "init", folder["chatd.json"]]);
        Assert.AreEqual(
            (2, "", $"{folder["chatd.json"]} already exists and was not changed: use another file name.\n"), (status, output, error));
        Assert.AreEqual("mine", await File.ReadAllTextAsync(folder["chatd.json"]));

        (status, _, error) = await ProgramInTest.RunAsync(["config", "init", folder["absent/chatd.json"]]);
        Assert.AreEqual(2, status);
        StringAssert.Contains(error, "Cannot write ");
    }

    [TestMethod]
    public async Task InitWritesItsCommentsInTheLanguageOfTheProgram()
    {
        using var folder = new ScratchFolder();
        await ProgramInTest.RunAsync(["config", "init", folder["chatd.json"]], "pt-BR");
        var lines = (await File.ReadAllTextAsync(folder["chatd.json"])).Split('\n').Select(line => line.Trim()).ToList();
        CollectionAssert.Contains(
            lines, "// Tempo para fazer login. Depois disso, o servidor fecha a conexão.");
        CollectionAssert.Contains(lines, "// Valor: um número inteiro de 0 a 10000000 (salas; 0 = sem limite). Vale na hora.");
        Assert.IsEmpty(lines.Where(line => line.Contains("Must be", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("pt-BR")]
    public async Task ShowReadsTheFileThatInitWrote(string language)
    {
        using var folder = new ScratchFolder();
        await ProgramInTest.RunAsync(["config", "init", folder["chatd.json"]], language);
        var (status, output, error) = await ProgramInTest.RunAsync(["config", "show", "--config", folder["chatd.json"]]);
        Assert.AreEqual((0, ""), (status, error));
        var defaults = output.Split('\n').Where(line => line.EndsWith(" default", StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(
            (string[])["Chat:Plugins:Names", "Chat:Roles"], defaults.Select(line => line.Split(' ')[0]).ToArray(),
            "Only an empty map has nothing to write.");
    }
}
