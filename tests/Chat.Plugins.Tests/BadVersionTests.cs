namespace Chat.Plugins.Tests;

/// <summary>A version that is bad costs nothing but a line of the log: what ran before serves on.</summary>
[TestClass]
public sealed class BadVersionTests
{
    [TestMethod]
    public async Task OneThatThrowsLeavesTheOldServing()
    {
        await using var ground = await RunningAsync();
        ground.DropVersion(2, "throw");
        await AssertServesOnAsync(ground, "versioned v0001 active, versioned v0002 faulted", "It threw BadMoodException while starting: bad mood Version v0001 serves on.");
        Assert.AreEqual("It threw BadMoodException while starting: bad mood", ground.Plugins[1].Note);
        await ground.Log.HasAsync("Plugin versioned v0002 is collected");
        Assert.AreEqual(1, ground.Collected);
    }

    [TestMethod]
    public async Task OneThatHangsLeavesTheOldServing()
    {
        await using var ground = await RunningAsync(TimeSpan.FromSeconds(2));
        ground.DropVersion(2, "hangs");
        await AssertServesOnAsync(ground, "versioned v0001 active, versioned v0002 faulted", "It has not started within 2 s; what hangs goes on hanging until the daemon ends. Version v0001 serves on.");
        await ground.Log.HasAsync("Plugin versioned v0002 is leaked: it has not stopped");
        Assert.AreEqual(1, ground.Plugins[0].Leaked);
    }

    [TestMethod]
    public async Task OnesThatHangDoNotKeepAGoodOneWaiting()
    {
        await using var ground = await RunningAsync(TimeSpan.FromSeconds(1));
        for (var number = 2; number <= 4; number++)
        {
            ground.DropVersion(number, "hangs");
            await ground.SettleAsync();
            await ground.PassAsync(Ground.Quick.Grace);
            await ground.Log.HasAsync($"Plugin versioned {Versions.NameOf(number)} is leaked");
        }
        ground.DropVersion(5);
        await ground.SettleAsync();
        Assert.AreEqual("v0005 1", await ground.RunAsync("versao"));
        Assert.AreEqual(3, ground.Plugins[0].Leaked);
    }

    [TestMethod]
    public async Task OneOfAnotherContractLeavesTheOldServing()
    {
        await using var ground = await RunningAsync();
        ground.DropFile("Versioned.dll", await File.ReadAllBytesAsync(Ground.Fixture("Tomorrow")));
        await AssertServesOnAsync(ground, "tomorrow 0.1.0 faulted, versioned v0001 active", "update the daemon, or take an older version of the plugin.");
    }

    [TestMethod]
    public async Task JunkLeavesTheOldServing()
    {
        await using var ground = await RunningAsync();
        ground.DropFile("Versioned.dll", "junk"u8.ToArray());
        await ground.SettleAsync();
        await ground.PassAsync(Ground.Quick.Patience);
        await AssertServesOnAsync(ground, "versioned v0001 active, Versioned  faulted", "Versioned.dll is not a .NET assembly, but a native library or no library at all.");
    }

    [TestMethod]
    public async Task OneThatWantsATakenNameLeavesTheOldServingUntilTheNameIsFree()
    {
        await using var ground = await RunningAsync();
        ground.Drop("Greeter");
        await ground.SettleAsync();
        ground.DropFile("Versioned.dll", Patch.Text(Patch.Text(Versions.Of(2), "own-name", "demorar "), "demorar ", "demorar2")); // the same length, and free
        await ground.SettleAsync();
        ground.DropFile("Versioned.dll", Patch.Text(Versions.Of(3), "esperar", "demorar"));
        await ground.SettleAsync();
        await ground.QuietAsync(); // or what is free then would wait
        Assert.EndsWith("Command demorar: The name demorar is already taken by the command demorar of plugin greeter. Version v0002 serves on.", ground.Complaints.Single());
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        Directory.Delete(Path.Combine(ground.Dropped, "Greeter"), recursive: true);
        await ground.SettleAsync();
        Assert.AreEqual("v0003 1", await ground.RunAsync("versao"));
        Assert.AreEqual("versioned", ground.Find("demorar")!.Owner.Id);
    }

    [TestMethod]
    public async Task AGoodOneAfterwardsIsTaken()
    {
        await using var ground = await RunningAsync();
        ground.DropVersion(2, "throw");
        await ground.SettleAsync();
        ground.DropVersion(3);
        await ground.SettleAsync();
        Assert.AreEqual("v0003 1", await ground.RunAsync("versao"));
        await ground.Log.HasAsync("v0001 is collected");
        Assert.AreEqual("versioned v0003 active", ground.States);
    }

    [TestMethod]
    public async Task AfterThreeFailedStartsInAnHourItIsQuarantined()
    {
        await using var ground = await RunningAsync();
        for (var time = 1; time <= 3; time++) await DropAgainAsync(ground);
        Assert.AreEqual("versioned v0001 active, versioned v0002 quarantined", ground.States);
        Assert.EndsWith("It failed to start three times within an hour, and is not tried again until its files change or an admin enables it.", ground.Plugins[1].Note);
        Assert.EndsWith("or an admin enables it. Version v0001 serves on.", ground.Complaints[^1]);
        await DropAgainAsync(ground);
        Assert.EndsWith("from " + Path.Combine(ground.Dropped, "Versioned.dll") + " is not loaded. It failed to start three times within an hour, and is not tried again until its files change or an admin enables it.", ground.Complaints[^1]);
        Assert.HasCount(4, ground.Complaints);
        await ground.RestartAsync();
        Assert.AreEqual("versioned v0002 quarantined", ground.States);
        Assert.AreEqual("plugin_quarantined", (await ground.OrderAsync(Daemon.Commands.PluginOrder.Reload, "versioned")).Code);
        var enabled = await ground.OrderAsync(Daemon.Commands.PluginOrder.Enable, "versioned");
        Assert.AreEqual("plugin_failed: It threw BadMoodException while starting: bad mood", $"{enabled.Code}: {enabled.Reason}");
        ground.DropVersion(3);
        await ground.SettleAsync();
        Assert.AreEqual("versioned v0003 active", ground.States);
    }

    [TestMethod]
    public async Task FailuresOfAnHourAgoDoNotCount()
    {
        await using var ground = await RunningAsync();
        for (var time = 1; time <= 4; time++)
        {
            await DropAgainAsync(ground);
            await ground.PassAsync(TimeSpan.FromMinutes(25));
        }
        Assert.AreEqual("versioned v0001 active, versioned v0002 quarantined", ground.States);
        await using var slower = await RunningAsync();
        for (var time = 1; time <= 4; time++)
        {
            await DropAgainAsync(slower);
            await slower.PassAsync(TimeSpan.FromMinutes(35));
        }
        Assert.AreEqual("versioned v0001 active, versioned v0002 faulted", slower.States);
    }

    /// <summary>The same content, with a new time.</summary>
    private static async Task DropAgainAsync(Ground ground)
    {
        await ground.QuietAsync(); // or it would wait
        ground.DropVersion(2, "throw");
        File.SetLastWriteTimeUtc(Path.Combine(ground.Dropped, "Versioned.dll"), ground.Time.GetUtcNow().UtcDateTime);
        await ground.SettleAsync();
    }

    private static async Task AssertServesOnAsync(Ground ground, string states, string complaint)
    {
        await ground.SettleAsync();
        Assert.AreEqual(states, ground.States);
        Assert.EndsWith(complaint, ground.Complaints.Single());
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
        await ground.PassAsync(TimeSpan.FromMinutes(1));
        Assert.ContainsSingle(c => c.Contains("is not loaded", StringComparison.Ordinal), ground.Complaints); // it is not said, nor tried, again
    }

    private static async Task<Ground> RunningAsync(TimeSpan? limit = null)
    {
        var ground = new Ground(limit);
        ground.DropVersion(1);
        await ground.LoadAsync();
        return ground;
    }
}
