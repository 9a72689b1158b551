using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Plugins.Tests.Resources;

/// <summary>Settings, scheduled work and state follow the plugin's life.</summary>
[TestClass]
public sealed class ResourceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestMethod]
    public async Task SettingsComeFromTheFileBesideThePlugin()
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        await WriteAsync(sandbox, """{ "word": "olá", /* as the operator likes it */ "step": 2, }""");
        sandbox.Drop("Keeper");
        await sandbox.LoadAsync();
        Assert.AreEqual("olá", await sandbox.RunAsync("palavra"));
        Assert.AreEqual("v0000 2", await sandbox.RunAsync("contar"));
    }

    [TestMethod]
    public async Task WithoutASettingsFileTheDefaultsApply()
    {
        await using var sandbox = await RunningAsync();
        Assert.AreEqual("oi", await sandbox.RunAsync("palavra"));
    }

    [TestMethod]
    [DataRow("{}", "oi", "v0000 1", "2-7 2-3")]
    [DataRow("""{ "word": "olá" }""", "olá", "v0000 1", "2-7 2-3")]
    [DataRow("""{ "step": 4, "limits": { "least": 1 } }""", "oi", "v0000 4", "1-7 2-3")]
    [DataRow("""{ "shelves": [{ "most": 9 }, {}], "boxes": { "b": { "Least": 0 } } }""", "oi", "v0000 1", "2-7 2-9 2-3 0-3")]
    public async Task WhatASettingsFileLeavesOutKeepsItsDefault(string json, string word, string count, string limits)
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        await WriteAsync(sandbox, json);
        sandbox.Drop("Keeper");
        await sandbox.LoadAsync();
        Assert.AreEqual(
            (word, count, limits),
            (await sandbox.RunAsync("palavra"), await sandbox.RunAsync("contar"), await sandbox.RunAsync("limites")));
    }

    [TestMethod]
    public async Task ChangedSettingsApplyWithoutASwap()
    {
        await using var sandbox = await RunningAsync();
        await WriteAsync(sandbox, """{ "Word": "eita", "Step": 5 }""");
        // The first look sees the change, the second that it has settled.
        for (var look = 0; look < 2; look++) sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        await sandbox.Log.HasAsync("are in effect");
        Assert.AreEqual("eita", await sandbox.RunAsync("palavra"));
        Assert.AreEqual("v0000 5", await sandbox.RunAsync("contar"));
        Assert.AreEqual("keeper v0000 active", sandbox.States);
    }

    [TestMethod]
    [DataRow("""{ "Word": "" }""", "Word must not be empty.")]
    [DataRow("""{ "Wrod": "oi" }""", "Wrod")]
    [DataRow("{", "Expected depth")]
    [DataRow("""{ "Word": "oi", "word": "olá" }""", "Duplicate")]
    [DataRow("null", "the file contains null")]
    [DataRow("""{ "Word": null }""", "the plugin threw NullReferenceException while reading them")]
    public async Task WrongSettingsPreventAStartAndARunningPluginKeepsItsOldOnes(string json, string complaint)
    {
        await using var fresh = new PluginSandbox(sharesClock: true);
        await WriteAsync(fresh, json);
        fresh.Drop("Keeper");
        await fresh.LoadAsync();
        Assert.AreEqual("keeper v0000 faulted", fresh.States);
        Assert.Contains(complaint, fresh.Plugins.Single().Note!);

        await using var running = await RunningAsync();
        await WriteAsync(running, json);
        for (var look = 0; look < 2; look++) running.Time.Advance(TimeSpan.FromSeconds(1));
        await running.Log.HasAsync("The previous settings stay in effect.");
        Assert.Contains(complaint, running.Complaints.Single());
        Assert.AreEqual("oi", await running.RunAsync("palavra"));
    }

    [TestMethod]
    public async Task CorrectedSettingsStartThePlugin()
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        await WriteAsync(sandbox, "{");
        sandbox.Drop("Keeper");
        await sandbox.LoadAsync();
        await sandbox.PassAsync(Minute);
        Assert.ContainsSingle(sandbox.Complaints); // not retried before
        await WriteAsync(sandbox, """{ "Wrod": "eita" }""");
        for (var look = 0; look < 2; look++) await sandbox.ScanAsync(); // the first sees the change, the second that it has settled
        Assert.HasCount(2, sandbox.Complaints);
        await WriteAsync(sandbox, """{ "Word": "" }""");
        for (var look = 0; look < 2; look++) await sandbox.ScanAsync();
        Assert.HasCount(3, sandbox.Complaints);
        await WriteAsync(sandbox, """{ "Word": "eita" }""");
        for (var look = 0; look < 2; look++) await sandbox.ScanAsync();
        Assert.AreEqual("keeper v0000 active", sandbox.States); // failures due to settings do not quarantine
        Assert.AreEqual("eita", await sandbox.RunAsync("palavra"));
        Assert.HasCount(3, sandbox.Complaints);
    }

    [TestMethod]
    public async Task ARolledBackVersionUsesTheSettingsBesideItsFile()
    {
        await using var sandbox = new PluginSandbox(sharesClock: true);
        await File.WriteAllTextAsync(Path.Combine(sandbox.Dropped, "Contador.json"), """{ "Word": "eita" }""");
        var keeper = await File.ReadAllBytesAsync(PluginSandbox.Fixture("Keeper"));
        sandbox.DropFile("Contador.dll", keeper);
        await sandbox.LoadAsync();
        sandbox.DropFile("Contador.dll", AssemblyPatch.Text(keeper, "v0000", "v0001"));
        await sandbox.SettleAsync();
        await sandbox.QuietAsync();
        sandbox.DropFile("Contador.dll", keeper[..(keeper.Length / 2)]);
        await sandbox.SettleAsync();
        await sandbox.PassAsync(PluginSandbox.Quick.Incomplete);
        Assert.IsNull((await sandbox.ApplyAsync(PluginAction.RollBack, "keeper")).Code);
        Assert.AreEqual("v0000 0", await sandbox.RunAsync("quanto"));
        Assert.AreEqual("eita", await sandbox.RunAsync("palavra"));
    }

    [TestMethod]
    public async Task ScheduledWorkRunsOnTime()
    {
        await using var sandbox = await RunningAsync();
        await sandbox.RunAsync("depois");
        await sandbox.RunAsync("sempre");
        Assert.AreEqual("v0000 0", await sandbox.RunAsync("quanto"));
        sandbox.Time.Advance(Minute);
        await UntilAsync(sandbox, "v0000 2");
        sandbox.Time.Advance(Minute);
        await UntilAsync(sandbox, "v0000 3");
    }

    [TestMethod]
    public async Task FailedWorkIsLoggedAndRepeated()
    {
        await using var sandbox = await RunningAsync();
        await sandbox.RunAsync("falhar");
        sandbox.Time.Advance(Minute);
        await sandbox.Log.HasAsync("Scheduled work of plugin keeper failed.");
        sandbox.Time.Advance(Minute);
        await sandbox.Log.UntilAsync(() => sandbox.Log.Lines.Count(l => l.Text.Contains("Scheduled work", StringComparison.Ordinal)) == 2);
    }

    [TestMethod]
    public async Task StateIsHandedToTheNextVersionAndScheduledWorkEnds()
    {
        await using var sandbox = await RunningAsync();
        await sandbox.RunAsync("sempre");
        for (var i = 0; i < 3; i++) await sandbox.RunAsync("contar");
        await SwapAsync(sandbox, "v0001");
        await sandbox.Log.HasAsync("handed over 1 bytes of state");
        Assert.AreEqual("v0001 3", await sandbox.RunAsync("quanto"));
        await sandbox.Log.HasAsync("Plugin keeper v0000 is collected");
        sandbox.Time.Advance(Minute);
        await sandbox.ScanAsync();
        Assert.AreEqual("v0001 3", await sandbox.RunAsync("quanto"));
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task StateReachesTheLastVersionOfSeveralSwaps()
    {
        await using var sandbox = await RunningAsync(new() { Drain = Timeout.InfiniteTimeSpan, Proofs = PluginSandbox.Quick.Proofs });
        for (var i = 0; i < 3; i++) await sandbox.RunAsync("contar");
        using (sandbox.Find("contar")!.Owner.TryLease()) // the first ends after the second was replaced
        {
            await SwapAsync(sandbox, "v0001");
            for (var i = 0; i < 2; i++) await sandbox.RunAsync("contar");
            await SwapAsync(sandbox, "v0002");
        }
        foreach (var ended in (string[])["v0000", "v0001"]) await sandbox.Log.HasAsync($"Plugin keeper {ended} has stopped");
        Assert.AreEqual("v0002 5", await sandbox.RunAsync("quanto"));
        Assert.IsEmpty(sandbox.Complaints);
    }

    private static async Task SwapAsync(PluginSandbox sandbox, string version)
    {
        sandbox.DropFile("Keeper.dll", AssemblyPatch.Text(await File.ReadAllBytesAsync(PluginSandbox.Fixture("Keeper")), "v0000", version));
        await sandbox.SettleAsync();
    }

    private static async Task<PluginSandbox> RunningAsync(PluginTimings? timings = null)
    {
        var sandbox = new PluginSandbox(timings: timings, sharesClock: true);
        sandbox.DropFile("Keeper.dll", await File.ReadAllBytesAsync(PluginSandbox.Fixture("Keeper")));
        await sandbox.LoadAsync();
        return sandbox;
    }

    private static Task WriteAsync(PluginSandbox sandbox, string json) =>
        File.WriteAllTextAsync(Path.Combine(sandbox.Dropped, "Keeper.json"), json);

    /// <summary>Scheduled work runs on the pool, so it may be a moment behind the clock.</summary>
    private static async Task UntilAsync(PluginSandbox sandbox, string value)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (await sandbox.RunAsync("quanto") is var now && now != value)
        {
            if (Environment.TickCount64 > deadline) Assert.AreEqual(value, now);
            await Task.Yield();
        }
    }
}
