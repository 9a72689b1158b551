using Chat.Daemon.Plugins.Inspection;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>A plugin's hosted services start before it is active and stop as soon as it is replaced.</summary>
[TestClass]
public sealed class HostedWorkTests
{
    [TestMethod]
    public async Task ServicesStartBeforeThePluginIsActive()
    {
        await using var sandbox = await RunningAsync();
        Assert.AreEqual("v0000 1 1", await sandbox.RunAsync("passos")); // each once, though the author and generated code add the first
        var lines = sandbox.Log.Lines.Select(l => l.Text).ToList();
        Assert.IsLessThan(
            lines.FindIndex(l => l.Contains("is active", StringComparison.Ordinal)), lines.IndexOf("Pace v0000 starts"));
        Assert.Contains("Hooks: service Visitor`1, service Pace.", lines.Single(l => l.Contains("is active", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task AReplacedVersionStopsItsServicesWhileItsCallsStillRun()
    {
        await using var sandbox = await RunningAsync();
        using (sandbox.Find("passos")!.Owner.TryLease())
        {
            sandbox.DropFile("Pacer.dll", FixtureVersion.Of(1, fixture: "Pacer"));
            await sandbox.SettleAsync();
            await sandbox.Log.HasAsync("Pace v0000 ends");
            Assert.AreEqual("v0001 1 1", await sandbox.RunAsync("passos"));
            Assert.IsFalse(sandbox.Log.Lines.Any(l => l.Text.Contains("has stopped", StringComparison.Ordinal)));
        }
        await sandbox.Log.HasAsync("Plugin pacer v0000 is collected");
        Assert.AreEqual("Service failed to stop: Visitor`1 of plugin pacer", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task AServiceThatThrowsAtItsStartLeavesTheOldVersionRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Pacer.dll", FixtureVersion.Of(1, "throw", "Pacer"));
        await sandbox.SettleAsync();
        await sandbox.QuietAsync();
        Assert.AreEqual("pacer v0000 active, pacer v0001 faulted", sandbox.States);
        Assert.AreEqual(
            "Its service Pace threw InvalidOperationException while starting: no shoes", sandbox.Plugins[1].Note);
        Assert.AreEqual(1, sandbox.Collected);
        Assert.AreEqual("v0000 1 1", await sandbox.RunAsync("passos"));
    }

    [TestMethod]
    public async Task AServiceThatHangsAtItsStartLeavesTheOldVersionRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Pacer.dll", FixtureVersion.Of(1, "hangs", "Pacer"));
        var settling = sandbox.SettleAsync();
        await sandbox.AdvanceUntilAsync("did not start within 10 s");
        await settling;
        Assert.AreEqual("pacer v0000 active, pacer v0001 faulted", sandbox.States);
        await sandbox.Log.HasAsync("Plugin pacer v0001 is collected");
    }

    [TestMethod]
    public async Task AServiceThatEndsWithAnExceptionCountsAsAFailure()
    {
        await using var sandbox = await RunningAsync("stone");
        await sandbox.Log.HasAsync("Service failed: Pace of plugin pacer");
        var plugin = sandbox.Plugins.Single();
        Assert.AreEqual(("active", 1L), (plugin.State, plugin.Failures));
    }

    [TestMethod]
    public async Task AnExceptionWhileAServiceStopsIsNoFailure()
    {
        await using var sandbox = await RunningAsync("trips");
        sandbox.DropFile("Pacer.dll", FixtureVersion.Of(1, fixture: "Pacer"));
        await sandbox.SettleAsync();
        await sandbox.Log.HasAsync("Plugin pacer v0000 is collected");
        Assert.AreEqual("Service failed to stop: Visitor`1 of plugin pacer", sandbox.Complaints.Single());
    }

    [TestMethod]
    public async Task AServiceThatDoesNotStopIsLeftBehind()
    {
        await using var sandbox = await RunningAsync("stuck");
        File.Delete(Path.Combine(sandbox.Dropped, "Pacer.dll"));
        await sandbox.SettleAsync();
        await sandbox.AdvanceUntilAsync("Plugin pacer v0000 has stopped");
        await sandbox.Log.HasAsync("Plugin pacer v0000 is leaked");
    }

    [TestMethod]
    public void AnInspectionFindsThem()
    {
        using var file = AssemblyFile.OpenIfManaged(PluginSandbox.Fixture("Pacer"))!;
        Assert.AreEqual(
            "HostedService Pace, HostedService Visitor`1",
            string.Join(", ", ManifestReader.Read(file.Metadata).Hooks.Select(h => $"{h.Kind} {h.Class}")));
    }

    private static async Task<PluginSandbox> RunningAsync(string mood = "calm!")
    {
        var sandbox = new PluginSandbox(sharesClock: true);
        sandbox.DropFile("Pacer.dll", FixtureVersion.Of(0, mood, "Pacer"));
        await sandbox.LoadAsync();
        await sandbox.Log.HasAsync("Pace v0000 runs"); // a service that stops before that never runs
        return sandbox;
    }
}
