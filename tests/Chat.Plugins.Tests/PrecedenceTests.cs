namespace Chat.Plugins.Tests;

/// <summary>Several plugins that want the same id or the same command.</summary>
[TestClass]
public sealed class PrecedenceTests
{
    [TestMethod]
    public async Task ADroppedOneWinsOverTheShippedOne()
    {
        await using var ground = new Ground();
        ground.Ship("Greeter");
        ground.Drop("Greeter");
        await ground.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active", "In place of the shipped 1.2."), ground.Plugins.Single() with { Commands = [] });
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task TheShippedOneStandsInForADroppedOneThatDoesNotStart()
    {
        await using var ground = new Ground();
        ground.Ship("Greeter");
        ground.Drop("BrokenGreeter");
        await ground.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active", "The dropped 2.0 did not start."), ground.Plugins[0] with { Commands = [], Collected = 0 });
        Assert.AreEqual("faulted", ground.Plugins[1].State);
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
        Assert.HasCount(1, ground.Complaints);
    }

    [TestMethod]
    public async Task OfTwoDroppedOnesTheFirstStays()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter", "Beta");
        var first = Path.GetDirectoryName(ground.Drop("Greeter", "Alpha"));
        await ground.LoadAsync();
        Assert.AreEqual("active faulted", string.Join(' ', ground.Plugins.Select(p => p.State)));
        Assert.AreEqual($"Its id greeter is also that of {first}: remove one of them.", ground.Plugins[1].Note);
        Assert.HasCount(1, ground.Complaints);
    }

    [TestMethod]
    public async Task ACommandStaysWithWhoeverHasItAndTheOtherPluginBringsNone()
    {
        await using var ground = new Ground();
        ground.Ship("Greeter");
        ground.Drop("Rival");
        await ground.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
        Assert.IsNull(ground.Find("rivalizar"));
        Assert.Contains("saudar", ground.Complaints.Single());
    }

    [TestMethod]
    public async Task NamesThatAreTakenAreSeenBeforeAnythingOfThePluginRuns()
    {
        await using var ground = new Ground(ownTime: true);
        var keeper = await File.ReadAllBytesAsync(Ground.Fixture("Keeper"));
        ground.DropFile("Keeper.dll", keeper);
        ground.DropFile("Second.dll", Patch.Text(keeper, "keeper", "second"));
        await File.WriteAllTextAsync(Path.Combine(ground.Dropped, "Second.json"), "{ wrong"); // what would be complained of, had it been started
        await ground.LoadAsync();
        Assert.AreEqual("keeper v0000 active, second v0000 faulted", ground.States);
        Assert.Contains("belongs to the command", ground.Plugins[1].Note!);
        Assert.Contains("palavra", ground.Plugins[0].Commands);
    }
}
