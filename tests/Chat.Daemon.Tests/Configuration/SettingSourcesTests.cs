using System.Collections.Immutable;
using Chat.Daemon.Configuration;
using Chat.Daemon.Tests.CommandLine;

namespace Chat.Daemon.Tests.Configuration;

[TestClass]
public sealed class SettingSourcesTests
{
    [TestMethod]
    public void WithoutSourcesTheDefaultsApply()
    {
        var options = OptionsSource.Of().Current;
        Assert.AreEqual("127.0.0.1:5050", options.Listen.Tcp!.ToString());
        Assert.AreEqual(10, options.Limits.MessagesPerSecond);
        Assert.AreEqual(Durability.Full, options.History.Durability);
        Assert.AreEqual("geral", options.DefaultRoom.Text);
        CollectionAssert.AreEqual(new[] { "Plugins" }, options.Plugins.Folders.ToArray());
    }

    [TestMethod]
    public void EachSourceOverridesTheEarlierOnes()
    {
        using var folder = new ScratchFolder();
        var weak = folder.Write("weak.json", """
            { "Chat": { "Limits": { "Rooms": 1, "Connections": 1, "MessageBurst": 1, "LoginSeconds": 1 } } }
            """);
        var strong = folder.Write("strong.json", """
            { "Chat": { "Limits": { "Connections": 2, "MessageBurst": 2, "LoginSeconds": 2 } } }
            """);
        var options = new OptionsSource(new SettingSources(
            [new(weak, false), new(strong, true)],
            new Dictionary<string, string>
            {
                ["Chat__Limits__MessageBurst"] = "3",
                ["CHAT__LIMITS__LOGINSECONDS"] = "3",
                ["OTHER__X"] = "1",
            },
            new Dictionary<string, string> { ["Chat:Limits:LoginSeconds"] = "4" }), SettingTexts.English);

        var limits = options.Current.Limits;
        Assert.AreEqual((1, 2, 3, 4), (limits.Rooms, limits.Connections, limits.MessageBurst, limits.LoginSeconds));
        Assert.AreEqual(weak, SourceOf(options, "Chat:Limits:Rooms"));
        Assert.AreEqual(strong, SourceOf(options, "Chat:Limits:Connections"));
        Assert.AreEqual("environment", SourceOf(options, "Chat:Limits:MessageBurst"));
        Assert.AreEqual("command line", SourceOf(options, "Chat:Limits:LoginSeconds"));
        Assert.AreEqual("default", SourceOf(options, "Chat:Limits:OutboxBytes"));
    }

    [TestMethod]
    public void CommentsTrailingCommasAndOtherCaseAreAccepted()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("chatd.json", """
            // one
            { "chat": {
              "limits": { "ROOMS": 7, /* two */ }, "Accounts": { "Registration": "Closed" }, "Logging": { "MessageBodies": true, },
            }, }
            """);
        var options = Read(file);
        Assert.IsEmpty(options.Problems);
        Assert.AreEqual(7, options.Options.Limits.Rooms);
        Assert.AreEqual(Registration.Closed, options.Options.Registration);
        Assert.IsTrue(options.Options.Logging.MessageBodies);
    }

    [TestMethod]
    public void HalfASurrogatePairIsReported()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("chatd.json", """{ "Chat": { "Language": "\ud83d" } }""");
        Assert.Contains(file, Read(file).Problems.Single());
    }

    [TestMethod]
    public void TheStrongestSourceProvidesAWholeList()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("chatd.json", """{ "Chat": { "Plugins": { "Folders": ["a", "b", "c"] } } }""");
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, Read(file).Options.Plugins.Folders.ToArray());
        CollectionAssert.AreEqual(new[] { "x" }, Read(file, ("Chat:Plugins:Folders:0", "x")).Options.Plugins.Folders.ToArray());
        CollectionAssert.AreEqual(new[] { "y" }, Read(file, ("Chat:Plugins:Folders", "y")).Options.Plugins.Folders.ToArray());
        Assert.IsEmpty(Read(file, ("Chat:Plugins:Folders", "")).Options.Plugins.Folders);
        Assert.IsEmpty(Read(folder.Write("none.json", """{ "Chat": { "Plugins": { "Folders": [] } } }""")).Options.Plugins.Folders);
        var many = Read(file, [.. Enumerable.Range(0, 11).Select(i => ($"Chat:Plugins:Folders:{i}", $"f{i}"))]);
        Assert.HasCount(11, many.Options.Plugins.Folders);
        Assert.AreEqual("f10", many.Options.Plugins.Folders[10]);
    }

    [TestMethod]
    [DataRow("Chat:Limits:MesagesPerSecond", "Chat:Limits:MessagesPerSecond")]
    [DataRow("Chat:Limit:Rooms", "Chat:Limits:Rooms")]
    [DataRow("Chat:MessagesPerSecond", "Chat:Limits:MessagesPerSecond")]
    [DataRow("Chat:Plugins:Folders:x", "Chat:Plugins:Folders")]
    [DataRow("Chat:Limits:Rooms:0", "Chat:Limits:Rooms")]
    public void AnUnknownKeyIsRefusedWithASuggestion(string key, string nearest)
    {
        var problems = ChatOptions.Read([SettingLayer.Of("somewhere", [KeyValuePair.Create(key, "1")])], SettingTexts.English).Problems;
        Assert.HasCount(1, problems);
        Assert.AreEqual($"There is no setting {key} (somewhere); did you mean {nearest}?", problems[0]);
    }

    [TestMethod]
    public void AKeyOutsideChatIsRefusedInAFile()
    {
        using var folder = new ScratchFolder();
        var problems = Read(folder.Write("chatd.json", """{ "Limits": { "Rooms": 7 } }""")).Problems;
        Assert.HasCount(1, problems);
        StringAssert.Contains(problems[0], "did you mean Chat:Limits:Rooms?");
    }

    [TestMethod]
    [DataRow("{ \"Chat\": { \"Limits\": ")]
    [DataRow("[1]")]
    [DataRow("")]
    [DataRow("{ \"Chat\": { \"Language\": \"en\", \"language\": \"en\" } }")]
    public void AFileThatIsNotJsonIsRefused(string content)
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("chatd.json", content);
        var problems = Read(file).Problems;
        Assert.HasCount(1, problems);
        StringAssert.StartsWith(problems[0], $"The settings file {file} is not valid JSON: ");
    }

    [TestMethod]
    public void AMissingFileIsRefusedIfItWasNamed()
    {
        using var folder = new ScratchFolder();
        Assert.AreEqual($"The settings file {folder["absent.json"]} does not exist.", Read(folder["absent.json"]).Problems.Single());
    }

    [TestMethod]
    public void ListsInAMapAreReadNameByName()
    {
        SettingLayer[] layers =
        [
            SettingLayer.Of("file",
            [
                new("Chat:Roles:guest:0", "room.join"), new("Chat:Roles:guest:1", "room.create"), new("Chat:Roles:vip:0", "a"),
            ]),
            SettingLayer.Of("environment", [new("Chat:Roles:GUEST", "")]),
        ];
        var reader = new SettingReader(layers, SettingTexts.English);
        var standard = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("admin", ["*"]);
        var roles = reader.ListMap("Chat:Roles", standard, "Why.");

        Assert.IsEmpty(reader.Problems);
        CollectionAssert.AreEqual(new[] { "*" }, roles["admin"].ToArray());
        CollectionAssert.AreEqual(new[] { "a" }, roles["vip"].ToArray());
        Assert.IsEmpty(roles["guest"]);
        Assert.AreEqual("environment", reader.Values.Single(value => value.Key == "Chat:Roles:guest").Source);
    }

    private static SettingReading Read(string file, params (string Key, string Value)[] settings)
    {
        var commandLine = settings.ToDictionary(one => one.Key, one => one.Value);
        var sources = new SettingSources([new(file, Required: true)], new Dictionary<string, string>(), commandLine);
        return ChatOptions.Read(sources.Load(SettingTexts.English), SettingTexts.English);
    }

    private static string SourceOf(OptionsSource options, string key) => options.Values.Single(value => value.Key == key).Source;
}
