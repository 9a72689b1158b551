using Chat.Daemon.Commands;

namespace Chat.Plugins.Tests;

/// <summary>What an admin may have done with a plugin, and what a restart remembers of it.</summary>
[TestClass]
public sealed class OrderTests
{
    [TestMethod]
    public async Task ReloadedItStartsAnew()
    {
        await using var ground = await WithVersionsAsync(1);
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
        var reloaded = await ground.OrderAsync(PluginOrder.Reload, "VERSIONED");
        Assert.AreEqual((null, "active"), (reloaded.Code, reloaded.Plugin!.State));
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
        await ground.QuietAsync();
    }

    [TestMethod]
    public async Task ReloadedItTakesWhatHasNotSettledYet()
    {
        await using var ground = await WithVersionsAsync(1);
        ground.DropVersion(2);
        await ground.OrderAsync(PluginOrder.Reload, "versioned");
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        await ground.SettleAsync();
        Assert.AreEqual("v0002 2", await ground.RunAsync("versao")); // it is not started twice
    }

    [TestMethod]
    public async Task ItIsToldInTheAdminsLanguage()
    {
        await using var ground = await WithVersionsAsync(1);
        ground.DropVersion(2, "throw");
        Assert.AreEqual("Lançou BadMoodException ao iniciar: bad mood", (await ground.OrderAsync(PluginOrder.Reload, "versioned", "pt-BR")).Reason);
        Assert.AreEqual("Lançou BadMoodException ao iniciar: bad mood", ground.PluginsIn("pt-BR")[1].Note);
        Assert.EndsWith("It threw BadMoodException while starting: bad mood Version v0001 serves on.", ground.Complaints.Single());
    }

    [TestMethod]
    public async Task OfAnUnknownOneNothingIsDone()
    {
        await using var ground = await WithVersionsAsync(1);
        foreach (var order in Enum.GetValues<PluginOrder>()) Assert.AreEqual("no_such_plugin", (await ground.OrderAsync(order, "nobody")).Code);
    }

    [TestMethod]
    public async Task WhatDoesNotStartIsSaid()
    {
        await using var ground = await WithVersionsAsync(1);
        ground.DropVersion(2, "throw");
        var outcome = await ground.OrderAsync(PluginOrder.Reload, "versioned");
        Assert.AreEqual("plugin_failed: It threw BadMoodException while starting: bad mood", $"{outcome.Code}: {outcome.Reason}");
        Assert.AreEqual("v0001", outcome.Plugin!.Version);
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AFileThatIsNoPluginIsKnownByItsName()
    {
        await using var ground = new Ground();
        ground.DropFile("Junk.dll", "junk"u8.ToArray());
        await ground.LoadAsync();
        var outcome = await ground.OrderAsync(PluginOrder.Reload, "junk");
        Assert.AreEqual("plugin_failed", outcome.Code);
        Assert.Contains("is not a .NET assembly", outcome.Reason!);
    }

    [TestMethod]
    public async Task DisabledItStaysSoAcrossARestart()
    {
        await using var ground = await WithVersionsAsync(1);
        Assert.AreEqual("disabled", (await ground.OrderAsync(PluginOrder.Disable, "versioned")).Plugin!.State is "draining" or "stopped" or "collected" or "disabled" ? "disabled" : "not");
        Assert.IsNull(ground.Find("versao"));
        Assert.AreEqual("plugin_disabled", (await ground.OrderAsync(PluginOrder.Reload, "versioned")).Code);
        await ground.RestartAsync();
        Assert.AreEqual("versioned v0001 disabled", ground.States);
        ground.DropVersion(2);
        await ground.SettleAsync();
        Assert.AreEqual("versioned v0002 disabled", ground.States);
        Assert.AreEqual((null, "active"), ((await ground.OrderAsync(PluginOrder.Enable, "versioned")).Code, ground.Plugins[0].State));
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task RolledBackItStaysSoAcrossARestartUntilTheNextDrop()
    {
        await using var ground = await WithVersionsAsync(1, 2, 3);
        Assert.AreEqual("v0002", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Plugin!.Version);
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        Assert.AreEqual("Rolled back; whatever is dropped next wins again.", ground.Plugins[0].Note);
        await ground.RestartAsync();
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        Assert.AreEqual("v0001", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Plugin!.Version);
        await ground.QuietAsync();
        Assert.AreEqual("no_earlier_version", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Code);
        ground.DropVersion(4);
        await ground.SettleAsync();
        Assert.AreEqual("v0004 1", await ground.RunAsync("versao"));
        await ground.QuietAsync();
        Assert.AreEqual("v0001", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Plugin!.Version); // what was rolled back from is forgotten
    }

    [TestMethod]
    public async Task RolledBackItServesOnWhereTheNextDropIsBad()
    {
        await using var ground = await WithVersionsAsync(1, 2);
        await ground.OrderAsync(PluginOrder.RollBack, "versioned");
        ground.DropVersion(3, "throw");
        await ground.SettleAsync();
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
        File.Delete(Path.Combine(ground.Dropped, "Versioned.dll"));
        await ground.SettleAsync();
        Assert.IsNull(ground.Find("versao"));
    }

    [TestMethod]
    public async Task TheThreeVersionsBeforeTheRunningOneAreKept()
    {
        await using var ground = await WithVersionsAsync(1, 2, 3, 4, 5, 6);
        await ground.RestartAsync();
        Assert.HasCount(4, Directory.GetDirectories(ground.Staged));
        foreach (var version in (string[])["v0005", "v0004", "v0003"])
        {
            Assert.AreEqual(version, (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Plugin!.Version);
            await ground.QuietAsync();
        }
        Assert.AreEqual("no_earlier_version", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Code);
    }

    [TestMethod]
    public async Task ADamagedCopyIsNotRolledBackTo()
    {
        await using var ground = await WithVersionsAsync(1, 2);
        var copy = Directory.GetFiles(ground.Staged, "Versioned.dll", SearchOption.AllDirectories).Single(file => File.ReadAllBytes(file).SequenceEqual(Versions.Of(1)));
        new FileInfo(copy).IsReadOnly = false;
        await File.WriteAllTextAsync(copy, "junk");
        Assert.AreEqual("plugin_failed", (await ground.OrderAsync(PluginOrder.RollBack, "versioned")).Code);
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task OfADamagedMemoryNothingIsLeftButALine()
    {
        await using var ground = new Ground();
        ground.DropVersion(1);
        Directory.CreateDirectory(ground.Staged);
        await File.WriteAllTextAsync(Path.Combine(ground.Staged, "plugins.json"), "junk");
        await ground.LoadAsync();
        Assert.AreEqual("versioned v0001 active", ground.States);
        Assert.EndsWith("which plugins are switched off or rolled back is forgotten.", ground.Complaints.Single());
    }

    /// <summary>All dropped one after the other, each when the one before it is gone; the last one runs.</summary>
    private static async Task<Ground> WithVersionsAsync(params int[] versions)
    {
        var ground = new Ground();
        ground.DropVersion(versions[0]);
        await ground.LoadAsync();
        foreach (var version in versions[1..])
        {
            ground.DropVersion(version);
            await ground.SettleAsync();
            await ground.QuietAsync();
        }
        return ground;
    }
}
