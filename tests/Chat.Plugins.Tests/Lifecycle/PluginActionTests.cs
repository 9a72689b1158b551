using Chat.Daemon.Commands;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>What admins can do with plugins, and what survives a restart.</summary>
[TestClass]
public sealed class PluginActionTests
{
    [TestMethod]
    public async Task ReloadStartsANewGeneration()
    {
        await using var sandbox = await WithVersionsAsync(1);
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
        var reloaded = await sandbox.ApplyAsync(PluginAction.Reload, "VERSIONED");
        Assert.AreEqual((null, "active"), (reloaded.Code, reloaded.Plugin!.State));
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
        await sandbox.QuietAsync();
    }

    [TestMethod]
    public async Task ReloadAcceptsFilesThatHaveNotSettled()
    {
        await using var sandbox = await WithVersionsAsync(1);
        sandbox.DropVersion(2);
        await sandbox.ApplyAsync(PluginAction.Reload, "versioned");
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        await sandbox.SettleAsync();
        Assert.AreEqual("v0002 2", await sandbox.RunAsync("versao")); // not started twice
    }

    [TestMethod]
    public async Task ReasonsAreInTheAdminsLanguage()
    {
        await using var sandbox = await WithVersionsAsync(1);
        sandbox.DropVersion(2, "throw");
        Assert.AreEqual("Lançou BadMoodException ao iniciar: bad mood",
            (await sandbox.ApplyAsync(PluginAction.Reload, "versioned", "pt-BR")).Reason);
        Assert.AreEqual("Lançou BadMoodException ao iniciar: bad mood", sandbox.PluginsIn("pt-BR")[1].Note);
        Assert.EndsWith("It threw BadMoodException while starting: bad mood", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task ActionsOnAnUnknownPluginAreRefused()
    {
        await using var sandbox = await WithVersionsAsync(1);
        foreach (var action in Enum.GetValues<PluginAction>())
            Assert.AreEqual("no_such_plugin", (await sandbox.ApplyAsync(action, "nobody")).Code);
    }

    [TestMethod]
    public async Task AReloadThatFailsReportsTheReason()
    {
        await using var sandbox = await WithVersionsAsync(1);
        sandbox.DropVersion(2, "throw");
        var outcome = await sandbox.ApplyAsync(PluginAction.Reload, "versioned");
        Assert.AreEqual("plugin_failed: It threw BadMoodException while starting: bad mood", $"{outcome.Code}: {outcome.Reason}");
        Assert.AreEqual("v0001", outcome.Plugin!.Version);
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AFileThatIsNotAPluginIsFoundByItsName()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.DropFile("Junk.dll", "junk"u8.ToArray());
        await sandbox.LoadAsync();
        var outcome = await sandbox.ApplyAsync(PluginAction.Reload, "junk");
        Assert.AreEqual("plugin_failed", outcome.Code);
        Assert.Contains("is not a .NET assembly", outcome.Reason!);
    }

    [TestMethod]
    public async Task ADisabledPluginStaysDisabledAcrossARestart()
    {
        await using var sandbox = await WithVersionsAsync(1);
        var disabled = await sandbox.ApplyAsync(PluginAction.Disable, "versioned");
        Assert.Contains(disabled.Plugin!.State, (string[])["draining", "stopped", "collected", "disabled"]);
        Assert.IsNull(sandbox.Find("versao"));
        Assert.AreEqual("plugin_disabled", (await sandbox.ApplyAsync(PluginAction.Reload, "versioned")).Code);
        await sandbox.RestartAsync();
        Assert.AreEqual("versioned v0001 disabled", sandbox.States);
        sandbox.DropVersion(2);
        await sandbox.SettleAsync();
        Assert.AreEqual("versioned v0002 disabled", sandbox.States);
        Assert.AreEqual((null, "active"), ((await sandbox.ApplyAsync(PluginAction.Enable, "versioned")).Code, sandbox.Plugins[0].State));
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ARollbackSurvivesARestartAndEndsWithTheNextDrop()
    {
        await using var sandbox = await WithVersionsAsync(1, 2, 3);
        Assert.AreEqual("v0002", (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Plugin!.Version);
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        Assert.AreEqual("Rolled back. The next version you drop replaces it.", sandbox.Plugins[0].Note);
        await sandbox.RestartAsync();
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        Assert.AreEqual("v0001", (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Plugin!.Version);
        await sandbox.QuietAsync();
        Assert.AreEqual("no_earlier_version", (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Code);
        sandbox.DropVersion(4);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0004 1", await sandbox.RunAsync("versao"));
        await sandbox.QuietAsync();
        Assert.AreEqual("v0001",
            (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Plugin!.Version); // versions above the rollback are forgotten
    }

    [TestMethod]
    public async Task ARolledBackVersionKeepsRunningIfTheNextDropIsBad()
    {
        await using var sandbox = await WithVersionsAsync(1, 2);
        await sandbox.ApplyAsync(PluginAction.RollBack, "versioned");
        sandbox.DropVersion(3, "throw");
        await sandbox.SettleAsync();
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
        File.Delete(Path.Combine(sandbox.Dropped, "Versioned.dll"));
        await sandbox.SettleAsync();
        Assert.IsNull(sandbox.Find("versao"));
    }

    [TestMethod]
    public async Task TheThreePreviousVersionsAreKept()
    {
        await using var sandbox = await WithVersionsAsync(1, 2, 3, 4, 5, 6);
        await sandbox.RestartAsync();
        Assert.HasCount(4, Directory.GetDirectories(sandbox.Staged));
        foreach (var version in (string[])["v0005", "v0004", "v0003"])
        {
            Assert.AreEqual(version, (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Plugin!.Version);
            await sandbox.QuietAsync();
        }
        Assert.AreEqual("no_earlier_version", (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Code);
    }

    [TestMethod]
    public async Task ARollbackToADamagedCopyFails()
    {
        await using var sandbox = await WithVersionsAsync(1, 2);
        var copy = Directory.GetFiles(sandbox.Staged, "Versioned.dll", SearchOption.AllDirectories)
            .Single(file => File.ReadAllBytes(file).SequenceEqual(FixtureVersion.Of(1)));
        new FileInfo(copy).IsReadOnly = false;
        await File.WriteAllTextAsync(copy, "junk");
        Assert.AreEqual("plugin_failed", (await sandbox.ApplyAsync(PluginAction.RollBack, "versioned")).Code);
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ADamagedStoreIsReportedAndIgnored()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.DropVersion(1);
        Directory.CreateDirectory(sandbox.Staged);
        await File.WriteAllTextAsync(Path.Combine(sandbox.Staged, "plugins.json"), "junk");
        await sandbox.LoadAsync();
        Assert.AreEqual("versioned v0001 active", sandbox.States);
        Assert.EndsWith("The daemon no longer knows which plugins were disabled or rolled back.", sandbox.Complaints.Single());
    }

    /// <summary>Drops versions one after another, each once the one before it is gone. The last one runs.</summary>
    private static async Task<PluginSandbox> WithVersionsAsync(params int[] versions)
    {
        var sandbox = new PluginSandbox();
        sandbox.DropVersion(versions[0]);
        await sandbox.LoadAsync();
        foreach (var version in versions[1..])
        {
            sandbox.DropVersion(version);
            await sandbox.SettleAsync();
            await sandbox.QuietAsync();
        }
        return sandbox;
    }
}
