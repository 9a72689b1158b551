using Chat.Daemon.Configuration;
using Chat.Daemon.Tests.CommandLine;
using Chat.Testing;

namespace Chat.Daemon.Tests.Configuration;

[TestClass]
public sealed class OptionsReloadTests
{
    private readonly TestTime clock = new();
    private readonly RecordingLogger<OptionsSource> log = new();

    [TestMethod]
    public void AChangedFileIsApplied()
    {
        using var folder = new ScratchFolder();
        using var options = Watched(folder.Write("chatd.json", """{ "Chat": { "Limits": { "Rooms": 1 } } }"""));
        var told = new List<int>();
        options.Changed += next => told.Add(next.Limits.Rooms);

        folder.Write("chatd.json", """{ "Chat": { "Limits": { "Rooms": 22 } } }""");
        Tick(1);
        Assert.AreEqual(1, options.Current.Limits.Rooms, "The file may still be being written.");
        Tick(1);
        Assert.AreEqual(22, options.Current.Limits.Rooms);
        CollectionAssert.AreEqual(new[] { 22 }, told);
        Assert.AreEqual("Information: Settings changed: Chat:Limits:Rooms", log.Lines.Single());

        File.Delete(folder["chatd.json"]);
        folder.Write("chatd.json", "{}");
        Tick(2);
        Assert.AreEqual(10_000, options.Current.Limits.Rooms);
    }

    [TestMethod]
    [DataRow("{ \"Chat\": ")]
    [DataRow("{ \"Chat\": { \"Limits\": { \"Rooms\": -1 } } }")]
    [DataRow("{ \"Chat\": { \"Limits\": { \"Roms\": 5 } } }")]
    [DataRow(null)]
    public void AnInvalidFileIsRefusedAndTheOldSettingsKept(string? wrong)
    {
        using var folder = new ScratchFolder();
        using var options = Watched(folder.Write("chatd.json", """{ "Chat": { "Limits": { "Rooms": 1 } } }"""));
        var before = options.Current;
        options.Changed += _ => Assert.Fail("Nothing changed.");

        if (wrong is null)
            File.Delete(folder["chatd.json"]);
        else
            folder.Write("chatd.json", wrong);
        Tick(5);
        Assert.AreSame(before, options.Current);
        StringAssert.StartsWith(log.Lines.Single(), "Warning: Changed settings refused: the previous settings stay in effect. ");
    }

    [TestMethod]
    public void SettingsThatNeedARestartAreNamedAndKept()
    {
        using var folder = new ScratchFolder();
        using var options = Watched(folder.Write("chatd.json", "{}"));

        folder.Write("chatd.json", """
            { "Chat": { "Limits": { "Rooms": 22 }, "Data": { "Folder": "elsewhere" }, "Plugins": { "Folders": [] } } }
            """);
        Tick(2);
        var current = options.Current;
        Assert.AreEqual((22, "data", 1), (current.Limits.Rooms, current.DataFolder, current.Plugins.Folders.Length));
        CollectionAssert.AreEqual(new[]
        {
            "Warning: Settings changed that need a restart to take effect: Chat:Data:Folder, Chat:Plugins:Folders",
            "Information: Settings changed: Chat:Limits:Rooms",
        }, log.Lines.ToArray());
    }

    [TestMethod]
    public void AFailingHandlerIsLoggedAndMissesNoLaterChange()
    {
        using var folder = new ScratchFolder();
        using var options = Watched(folder.Write("chatd.json", "{}"));
        options.Changed += _ => throw new InvalidOperationException("broken handler");

        folder.Write("chatd.json", """{ "Chat": { "Limits": { "Rooms": 22 } } }""");
        Tick(2);
        var errors = log.Lines.Where(line => line.StartsWith("Error:", StringComparison.Ordinal));
        Assert.Contains(line => line.Contains("broken handler", StringComparison.Ordinal), errors);
        folder.Write("chatd.json", """{ "Chat": { "Limits": { "Rooms": 333 } } }""");
        Tick(2);
        Assert.AreEqual(333, options.Current.Limits.Rooms);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void ASwappedSymbolicLinkIsAChange()
    {
        using var folder = new ScratchFolder();
        var old = folder.Write("old.json", """{ "Chat": { "Limits": { "Rooms": 1 } } }""");
        var next = folder.Write("new.json", """{ "Chat": { "Limits": { "Rooms": 2 } } }""");
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(old));
        File.CreateSymbolicLink(folder["chatd.json"], old);
        using var options = Watched(folder["chatd.json"]);

        File.CreateSymbolicLink(folder["link"], next);
        File.Move(folder["link"], folder["chatd.json"], overwrite: true);
        Tick(2);
        Assert.AreEqual(2, options.Current.Limits.Rooms);
    }

    private OptionsSource Watched(string file)
    {
        var none = new Dictionary<string, string>();
        var options = new OptionsSource(new SettingSources([new(file, Required: true)], none, none), SettingTexts.English);
        options.Watch(clock, log);
        return options;
    }

    private void Tick(int seconds)
    {
        for (var i = 0; i < seconds; i++)
            clock.Advance(TimeSpan.FromSeconds(1));
    }
}
