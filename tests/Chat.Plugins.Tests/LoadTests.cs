using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

/// <summary>Plugins with which all is well.</summary>
[TestClass]
public sealed class LoadTests
{
    [TestMethod]
    public async Task AFolderIsLoaded()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        await ground.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active"), ground.Plugins.Single() with { Commands = [] });
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
        Assert.AreEqual("bia 2 for bia", await ground.RunAsync("greet", "bia"));
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task ASingleFileIsLoaded()
    {
        await using var ground = new Ground();
        ground.DropFile("Greeter.dll", File.ReadAllBytes(Ground.Fixture("Greeter")));
        await ground.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task TwoVersionsOfOneDependencyLiveSideBySide()
    {
        await using var ground = new Ground();
        ground.Drop("WordsOne");
        ground.Drop("WordsTwo");
        await ground.LoadAsync();
        Assert.AreEqual("one two", $"{await ground.RunAsync("palavra-one")} {await ground.RunAsync("palavra-two")}");
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task AContractThatLiesBesideThePluginIsNotUsed()
    {
        await using var ground = new Ground();
        var folder = Path.GetDirectoryName(ground.Drop("Greeter"))!;
        foreach (var type in ContractAssemblies.Types) File.Copy(type.Assembly.Location, Path.Combine(folder, Path.GetFileName(type.Assembly.Location)));
        await ground.LoadAsync();
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task WhatLiesInTheDropFolderMayChangeAfterwards()
    {
        await using var ground = new Ground();
        var dropped = ground.Drop("Greeter");
        await ground.LoadAsync();
        await using (var file = File.OpenWrite(dropped)) file.SetLength(100);
        Directory.Delete(Path.GetDirectoryName(dropped)!, recursive: true);
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task CopiesAreReadOnlyUsedAgainAndPruned()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        ground.Drop("Greeter", "Twin");
        var stage = new PluginStage(ground.Staged);
        var before = stage.Stage(SourceOf(ground, "Greeter"));
        var stale = Directory.CreateDirectory(Path.Combine(ground.Staged, "stale")).FullName;
        await ground.LoadAsync();
        Assert.IsTrue(new FileInfo(before.Assembly).IsReadOnly);
        if (!OperatingSystem.IsWindows()) Assert.AreEqual((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(before.Folder)!));
        Assert.IsFalse(Directory.Exists(stale));
        Assert.AreEqual(before, stage.Stage(SourceOf(ground, "Greeter")));
    }

    [TestMethod]
    public async Task ADamagedCopyIsMadeAnew()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        var copy = new PluginStage(ground.Staged).Stage(SourceOf(ground, "Greeter")).Assembly;
        new FileInfo(copy).IsReadOnly = false;
        await File.WriteAllTextAsync(copy, "damaged");
        await ground.LoadAsync();
        Assert.AreEqual("active", ground.Plugins.Single().State);
    }

    [TestMethod]
    public async Task SourcesAndBuildOutputAreNotScanned()
    {
        await using var ground = new Ground();
        foreach (var name in (string[])["bin", "obj", "Source", "Empty"]) Directory.CreateDirectory(Path.Combine(ground.Dropped, name));
        File.WriteAllText(Path.Combine(ground.Dropped, "Source", "Source.csproj"), "<Project />");
        foreach (var name in (string[])["bin", "obj", "Source"]) File.WriteAllText(Path.Combine(ground.Dropped, name, name + ".dll"), "junk");
        File.WriteAllText(Path.Combine(ground.Dropped, "readme.txt"), "junk");
        await ground.LoadAsync();
        Assert.IsEmpty(ground.Plugins);
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task AtTheStopTheContainerIsDisposed()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        await ground.LoadAsync();
        await ground.RunAsync("saudar");
        var owner = ground.Find("saudar")!.Owner;
        await ground.StopAsync();
        Assert.AreEqual("Gone", ground.Log.Lines[^1].Text);
        Assert.IsNull(ground.Find("saudar"));
        Assert.IsNull(owner.TryLease());
    }

    [TestMethod]
    public async Task AtTheStopWhatRunsIsCancelledAndWaitedFor()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        await ground.LoadAsync();
        var lease = ground.Find("demorar")!.Owner.TryLease()!;
        lease.Stopping.Register(lease.Dispose);
        await ground.StopAsync();
        Assert.IsTrue(lease.Stopping.IsCancellationRequested);
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task ThePluginsLogHoldsNothingOfItsTypes()
    {
        await using var ground = new Ground();
        ground.Drop("Greeter");
        await ground.LoadAsync();
        await ground.RunAsync("saudar");
        var line = ground.Log.Lines.Single(l => l.Text.StartsWith("Came", StringComparison.Ordinal));
        Assert.AreEqual("Plugin.greeter", line.Category);
        Assert.AreEqual(LogLevel.Information, line.Level);
        Assert.AreEqual("Visit { Name = ana, Number = 1 }", line.Values.Single(v => v.Key == "Visit").Value);
    }

    private static PluginSource SourceOf(Ground ground, string name) => FolderScan.Of(ground.Dropped, PluginOrigin.Dropped).Sources.Single(s => s.Name == name);
}
