using Chat.Daemon.Configuration;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>Several plugins with the same id or the same command.</summary>
[TestClass]
public sealed class PrecedenceTests
{
    [TestMethod]
    public async Task ADroppedPluginReplacesTheShippedOne()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Ship("Greeter");
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        Assert.AreEqual(
            new PluginSummary("greeter", "1.2", "active", "Replaces the shipped version 1.2."),
            sandbox.Plugins.Single() with { Commands = [] });
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task TheShippedPluginRunsIfTheDroppedOneDoesNotStart()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Ship("Greeter");
        sandbox.Drop("BrokenGreeter");
        await sandbox.LoadAsync();
        Assert.AreEqual(
            new PluginSummary("greeter", "1.2", "active", "The dropped version 2.0 did not start."),
            sandbox.Plugins[0] with { Commands = [], Collected = 0 });
        Assert.AreEqual("faulted", sandbox.Plugins[1].State);
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        Assert.HasCount(1, sandbox.Complaints);
    }

    [TestMethod]
    public async Task OfTwoDroppedPluginsWithOneIdTheFirstRuns()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Drop("Greeter", "Beta");
        var first = Path.GetDirectoryName(sandbox.Drop("Greeter", "Alpha"));
        await sandbox.LoadAsync();
        Assert.AreEqual("active faulted", string.Join(' ', sandbox.Plugins.Select(p => p.State)));
        Assert.AreEqual($"Its id greeter is also the id of {first}. Remove one of them.", sandbox.Plugins[1].Note);
        Assert.HasCount(1, sandbox.Complaints);
    }

    [TestMethod]
    public async Task ACommandKeepsItsOwnerAndTheOtherPluginIsRefused()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Ship("Greeter");
        sandbox.Drop("Rival");
        await sandbox.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        Assert.IsNull(sandbox.Find("rivalizar"));
        Assert.Contains("saudar", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task AnotherNameLetsBothRunAndATakenAliasIsLeftOut()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Names = sandbox.Names.Add("rival", ["saudar=desafiar já", " nenhum = outro "]);
        sandbox.Ship("Greeter");
        sandbox.Drop("Rival");
        await sandbox.LoadAsync();
        Assert.AreEqual("active active", string.Join(' ', sandbox.Plugins.Select(p => p.State)));
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        var catalogue = sandbox.Registry.Current.Catalogue;
        var (renamed, other) = (catalogue.Find("desafiar ja")!, catalogue.Find("compete")!);
        Assert.AreEqual(("rival", "desafiar já", "command.saudar"), (renamed.Owner.Id, renamed.Descriptor.Name, renamed.Permission));
        Assert.AreEqual("greeter", catalogue.Find("greet")!.Owner.Id);
        Assert.AreEqual(("rivalizar", "compete"), (other.Descriptor.Name, other.NameIn("en")));
        Assert.AreEqual("/rivalizar /compete", string.Join(' ', other.Descriptor.Examples));
        Assert.Contains(
            "Plugin rival starts without the alias greet of its command rivalizar: plugin greeter has that name.",
            string.Join('\n', sandbox.Log.Lines.Select(line => line.ToString())));
    }

    [TestMethod]
    [DataRow("rolar=jogar", true)]
    [DataRow("jogo iniciar = partida iniciar", true)]
    [DataRow("rolar", false)]
    [DataRow("rolar=", false)]
    [DataRow("=jogar", false)]
    [DataRow("rolar=/jogar", false)]
    [DataRow("rolar=a=b", false)]
    [DataRow("rolar=\u001b[2J", false)]
    public void ARuleHasTwoNames(string rule, bool isOne) => Assert.AreEqual(isOne, CommandRename.TryParse(rule, out _));

    [TestMethod]
    public async Task TakenNamesAreFoundBeforeThePluginRuns()
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        var keeper = await File.ReadAllBytesAsync(PluginSandbox.Fixture("Keeper"));
        sandbox.DropFile("Keeper.dll", keeper);
        sandbox.DropFile("Second.dll", AssemblyPatch.Text(keeper, "keeper", "second"));
        await File.WriteAllTextAsync(Path.Combine(sandbox.Dropped, "Second.json"), "{ wrong"); // would be reported if it started
        await sandbox.LoadAsync();
        Assert.AreEqual("keeper v0000 active, second v0000 faulted", sandbox.States);
        Assert.Contains("already taken by the command", sandbox.Plugins[1].Note!);
        Assert.Contains("palavra", sandbox.Plugins[0].Commands);
    }
}
