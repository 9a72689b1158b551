using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>A bad version costs one log line: the previous version keeps running.</summary>
[TestClass]
public sealed class BadVersionTests
{
    private const string QuarantineReason =
        "It failed to start three times within an hour. The daemon tries again when its files change or an admin enables it.";

    [TestMethod]
    public async Task AVersionThatThrowsLeavesTheOldOneRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2, "throw");
        await AssertKeepsRunningAsync(
            sandbox, "versioned v0001 active, versioned v0002 faulted",
            "It threw BadMoodException while starting: bad mood");
        Assert.AreEqual("It threw BadMoodException while starting: bad mood", sandbox.Plugins[1].Note);
        Assert.StartsWith("Plugin versioned v0001 keeps running; the version at ", sandbox.Complaints.Single());
        await sandbox.Log.HasAsync("Plugin versioned v0002 is collected");
        Assert.AreEqual(1, sandbox.Collected);
    }

    [TestMethod]
    public async Task OnlyTextIsLeftOfAStartThatThrew()
    {
        await using var sandbox = new PluginSandbox(timings: new() { Proofs = [TimeSpan.Zero] }); // while the refusal is still handled
        sandbox.DropVersion(1, "throw");
        await sandbox.LoadAsync();
        await sandbox.QuietAsync();
        Assert.AreEqual(1, sandbox.Collected);
        Assert.HasCount(1, sandbox.Complaints);
    }

    [TestMethod]
    public async Task AnExceptionThatCannotBePrintedIsARefusalLikeAnyOther()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2, "cruel");
        await AssertKeepsRunningAsync(
            sandbox, "versioned v0001 active, versioned v0002 faulted",
            "It threw CruelException while starting: Fixtures.CruelException (its text cannot be read)");
    }

    [TestMethod]
    public async Task AVersionThatHangsLeavesTheOldOneRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2, "hangs");
        await sandbox.TimeOutAsync(sandbox.SettleAsync());
        await AssertKeepsRunningAsync(
            sandbox, "versioned v0001 active, versioned v0002 faulted",
            "It did not start within 10 s. Its thread is stuck until the daemon restarts.");
        await sandbox.Log.HasAsync("Plugin versioned v0002 is leaked: it has not stopped");
        Assert.AreEqual(1, sandbox.Plugins[0].Leaked);
    }

    [TestMethod]
    public async Task VersionsThatHangDoNotDelayAGoodOne()
    {
        await using var sandbox = await RunningAsync();
        for (var number = 2; number <= 4; number++)
        {
            sandbox.DropVersion(number, "hangs");
            await sandbox.TimeOutAsync(sandbox.SettleAsync());
            await sandbox.PassAsync(PluginSandbox.Quick.Grace);
            await sandbox.Log.HasAsync($"Plugin versioned {FixtureVersion.NameOf(number)} is leaked");
        }
        sandbox.DropVersion(5);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0005 1", await sandbox.RunAsync("versao"));
        Assert.AreEqual(3, sandbox.Plugins[0].Leaked);
    }

    [TestMethod]
    public async Task AVersionForANewerContractLeavesTheOldOneRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Versioned.dll", await File.ReadAllBytesAsync(PluginSandbox.Fixture("Tomorrow")));
        await AssertKeepsRunningAsync(
            sandbox, "tomorrow 0.1.0 faulted, versioned v0001 active", "Update the daemon, or use an older version of the plugin.");
    }

    [TestMethod]
    public async Task JunkLeavesTheOldVersionRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Versioned.dll", "junk"u8.ToArray());
        await sandbox.SettleAsync();
        await sandbox.PassAsync(PluginSandbox.Quick.Incomplete);
        await AssertKeepsRunningAsync(
            sandbox, "versioned v0001 active, Versioned  faulted",
            "Versioned.dll is not a .NET assembly. It is a native library, or not a library at all.");
    }

    [TestMethod]
    public async Task AVersionWithATakenNameWaitsUntilTheNameIsFree()
    {
        await using var sandbox = await RunningAsync();
        sandbox.Drop("Greeter");
        await sandbox.SettleAsync();
        var renamed = AssemblyPatch.Text(FixtureVersion.Of(2), "own-name", "demorar ");
        sandbox.DropFile("Versioned.dll", AssemblyPatch.Text(renamed, "demorar ", "demorar2")); // a free name of the same length
        await sandbox.SettleAsync();
        sandbox.DropFile("Versioned.dll", AssemblyPatch.Text(FixtureVersion.Of(3), "esperar", "demorar"));
        await sandbox.SettleAsync();
        await sandbox.QuietAsync(); // otherwise the start would wait
        Assert.EndsWith(
            "Command demorar: The name demorar is already taken by the command demorar of plugin greeter.",
            sandbox.Complaints.Single());
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        Directory.Delete(Path.Combine(sandbox.Dropped, "Greeter"), recursive: true);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0003 1", await sandbox.RunAsync("versao"));
        Assert.AreEqual("versioned", sandbox.Find("demorar")!.Owner.Id);
    }

    [TestMethod]
    public async Task AGoodVersionAfterABadOneStarts()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2, "throw");
        await sandbox.SettleAsync();
        sandbox.DropVersion(3);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0003 1", await sandbox.RunAsync("versao"));
        await sandbox.Log.HasAsync("v0001 is collected");
        Assert.AreEqual("versioned v0003 active", sandbox.States);
    }

    [TestMethod]
    public async Task ThreeFailedStartsWithinAnHourQuarantineTheVersion()
    {
        await using var sandbox = await RunningAsync();
        for (var time = 1; time <= 3; time++) await DropAgainAsync(sandbox);
        Assert.AreEqual("versioned v0001 active, versioned v0002 quarantined", sandbox.States);
        Assert.EndsWith(QuarantineReason, sandbox.Plugins[1].Note);
        Assert.EndsWith("or an admin enables it.", sandbox.Complaints[^1]);
        await DropAgainAsync(sandbox);
        var path = Path.Combine(sandbox.Dropped, "Versioned.dll");
        Assert.EndsWith($"the version at {path} could not replace it. {QuarantineReason}", sandbox.Complaints[^1]);
        Assert.HasCount(4, sandbox.Complaints);
        await sandbox.RestartAsync();
        Assert.AreEqual("versioned v0002 quarantined", sandbox.States);
        Assert.AreEqual("plugin_quarantined", (await sandbox.ApplyAsync(PluginAction.Reload, "versioned")).Code);
        var enabled = await sandbox.ApplyAsync(PluginAction.Enable, "versioned");
        Assert.AreEqual("plugin_failed: It threw BadMoodException while starting: bad mood", $"{enabled.Code}: {enabled.Reason}");
        sandbox.DropVersion(3);
        await sandbox.SettleAsync();
        Assert.AreEqual("versioned v0003 active", sandbox.States);
    }

    [TestMethod]
    public async Task FailuresOlderThanAnHourDoNotCount()
    {
        await using var sandbox = await RunningAsync();
        for (var time = 1; time <= 4; time++)
        {
            await DropAgainAsync(sandbox);
            await sandbox.PassAsync(TimeSpan.FromMinutes(25));
        }
        Assert.AreEqual("versioned v0001 active, versioned v0002 quarantined", sandbox.States);
        await using var slower = await RunningAsync();
        for (var time = 1; time <= 4; time++)
        {
            await DropAgainAsync(slower);
            await slower.PassAsync(TimeSpan.FromMinutes(35));
        }
        Assert.AreEqual("versioned v0001 active, versioned v0002 faulted", slower.States);
    }

    /// <summary>Drops the same content with a new write time.</summary>
    private static async Task DropAgainAsync(PluginSandbox sandbox)
    {
        await sandbox.QuietAsync(); // otherwise it would wait
        sandbox.DropVersion(2, "throw");
        File.SetLastWriteTimeUtc(Path.Combine(sandbox.Dropped, "Versioned.dll"), sandbox.Time.GetUtcNow().UtcDateTime);
        await sandbox.SettleAsync();
    }

    private static async Task AssertKeepsRunningAsync(PluginSandbox sandbox, string states, string complaint)
    {
        await sandbox.SettleAsync();
        Assert.AreEqual(states, sandbox.States);
        Assert.EndsWith(complaint, sandbox.Complaints.Single());
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
        await sandbox.PassAsync(TimeSpan.FromMinutes(1));
        Assert.ContainsSingle(
            c => c.EndsWith(complaint, StringComparison.Ordinal), sandbox.Complaints); // not retried, and not logged again
    }

    private static async Task<PluginSandbox> RunningAsync()
    {
        var sandbox = new PluginSandbox();
        sandbox.DropVersion(1);
        await sandbox.LoadAsync();
        return sandbox;
    }
}
