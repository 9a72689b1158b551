namespace Chat.Plugins.Tests;

/// <summary>Settings, scheduled work and state are bound to the plugin's life.</summary>
[TestClass]
public sealed class ResourceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestMethod]
    public async Task SettingsComeFromTheFileBesideThePlugin()
    {
        await using var ground = new Ground(ownTime: true);
        await WriteAsync(ground, """{ "word": "olá", /* as the operator likes it */ "step": 2, }""");
        ground.Drop("Keeper");
        await ground.LoadAsync();
        Assert.AreEqual("olá", await ground.RunAsync("palavra"));
        Assert.AreEqual("v0000 2", await ground.RunAsync("contar"));
    }

    [TestMethod]
    public async Task WithoutAFileTheDefaultsHold()
    {
        await using var ground = await RunningAsync();
        Assert.AreEqual("oi", await ground.RunAsync("palavra"));
    }

    [TestMethod]
    public async Task ChangedSettingsHoldWithoutASwap()
    {
        await using var ground = await RunningAsync();
        await WriteAsync(ground, """{ "Word": "eita", "Step": 5 }""");
        for (var look = 0; look < 2; look++) ground.Time.Advance(TimeSpan.FromSeconds(1)); // once to see it, once to see that it has settled
        await ground.Log.HasAsync("are in force");
        Assert.AreEqual("eita", await ground.RunAsync("palavra"));
        Assert.AreEqual("v0000 5", await ground.RunAsync("contar"));
        Assert.AreEqual("keeper v0000 active", ground.States);
    }

    [TestMethod]
    [DataRow("""{ "Word": "" }""", "Word must not be empty.")]
    [DataRow("""{ "Wrod": "oi" }""", "Wrod")]
    [DataRow("{", "Expected depth")]
    [DataRow("null", "the file holds null")]
    [DataRow("""{ "Word": null }""", "the plugin threw NullReferenceException when it read them")]
    public async Task WrongSettingsKeepThePluginFromStartingAndAreNotTakenLater(string json, string complaint)
    {
        await using var fresh = new Ground(ownTime: true);
        await WriteAsync(fresh, json);
        fresh.Drop("Keeper");
        await fresh.LoadAsync();
        Assert.AreEqual("keeper v0000 faulted", fresh.States);
        Assert.Contains(complaint, fresh.Plugins.Single().Note!);

        await using var running = await RunningAsync();
        await WriteAsync(running, json);
        for (var look = 0; look < 2; look++) running.Time.Advance(TimeSpan.FromSeconds(1));
        await running.Log.HasAsync("What held before goes on to hold.");
        Assert.Contains(complaint, running.Complaints.Single());
        Assert.AreEqual("oi", await running.RunAsync("palavra"));
    }

    [TestMethod]
    public async Task OnceTheyAreMendedItStartsByItself()
    {
        await using var ground = new Ground(ownTime: true);
        await WriteAsync(ground, "{");
        ground.Drop("Keeper");
        await ground.LoadAsync();
        await ground.PassAsync(Minute);
        Assert.ContainsSingle(ground.Complaints); // not tried again before
        await WriteAsync(ground, """{ "Wrod": "eita" }""");
        for (var look = 0; look < 2; look++) await ground.LookAsync(); // once to see it, once to see that it has settled
        Assert.HasCount(2, ground.Complaints);
        await WriteAsync(ground, """{ "Word": "" }""");
        for (var look = 0; look < 2; look++) await ground.LookAsync();
        Assert.HasCount(3, ground.Complaints);
        await WriteAsync(ground, """{ "Word": "eita" }""");
        for (var look = 0; look < 2; look++) await ground.LookAsync();
        Assert.AreEqual("keeper v0000 active", ground.States); // three faults of the operator's are none of the plugin's
        Assert.AreEqual("eita", await ground.RunAsync("palavra"));
        Assert.HasCount(3, ground.Complaints);
    }

    [TestMethod]
    public async Task AVersionThatIsGoneBackToHasTheSettingsOfItsPlace()
    {
        await using var ground = new Ground(ownTime: true);
        await File.WriteAllTextAsync(Path.Combine(ground.Dropped, "Contador.json"), """{ "Word": "eita" }""");
        var keeper = await File.ReadAllBytesAsync(Ground.Fixture("Keeper"));
        ground.DropFile("Contador.dll", keeper);
        await ground.LoadAsync();
        ground.DropFile("Contador.dll", Patch.Text(keeper, "v0000", "v0001"));
        await ground.SettleAsync();
        await ground.QuietAsync();
        ground.DropFile("Contador.dll", keeper[..(keeper.Length / 2)]);
        await ground.SettleAsync();
        await ground.PassAsync(Ground.Quick.Patience);
        Assert.IsNull((await ground.OrderAsync(Daemon.Commands.PluginOrder.RollBack, "keeper")).Code);
        Assert.AreEqual("v0000 0", await ground.RunAsync("quanto"));
        Assert.AreEqual("eita", await ground.RunAsync("palavra"));
    }

    [TestMethod]
    public async Task WorkComesWhenItsTimeHasCome()
    {
        await using var ground = await RunningAsync();
        await ground.RunAsync("depois");
        await ground.RunAsync("sempre");
        Assert.AreEqual("v0000 0", await ground.RunAsync("quanto"));
        ground.Time.Advance(Minute);
        await UntilAsync(ground, "v0000 2");
        ground.Time.Advance(Minute);
        await UntilAsync(ground, "v0000 3");
    }

    [TestMethod]
    public async Task WorkThatFailsIsLoggedAndComesAgain()
    {
        await using var ground = await RunningAsync();
        await ground.RunAsync("falhar");
        ground.Time.Advance(Minute);
        await ground.Log.HasAsync("Scheduled work of plugin keeper failed.");
        ground.Time.Advance(Minute);
        await ground.Log.UntilAsync(() => ground.Log.Lines.Count(l => l.Text.Contains("Scheduled work", StringComparison.Ordinal)) == 2);
    }

    [TestMethod]
    public async Task StateGoesOnInTheNextVersionAndWorkEndsWithItsOwn()
    {
        await using var ground = await RunningAsync();
        await ground.RunAsync("sempre");
        for (var i = 0; i < 3; i++) await ground.RunAsync("contar");
        await SwapAsync(ground, "v0001");
        await ground.Log.HasAsync("handed on 1 bytes of state");
        Assert.AreEqual("v0001 3", await ground.RunAsync("quanto"));
        await ground.Log.HasAsync("Plugin keeper v0000 is collected");
        ground.Time.Advance(Minute);
        await ground.LookAsync();
        Assert.AreEqual("v0001 3", await ground.RunAsync("quanto"));
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task StateReachesTheLastOfSeveralSwapsWhoeverEndsFirst()
    {
        await using var ground = await RunningAsync(new() { Drain = Timeout.InfiniteTimeSpan, Proofs = Ground.Quick.Proofs });
        for (var i = 0; i < 3; i++) await ground.RunAsync("contar");
        using (ground.Find("contar")!.Owner.TryLease()) // the first ends when the second has been replaced already
        {
            await SwapAsync(ground, "v0001");
            for (var i = 0; i < 2; i++) await ground.RunAsync("contar");
            await SwapAsync(ground, "v0002");
        }
        foreach (var ended in (string[])["v0000", "v0001"]) await ground.Log.HasAsync($"Plugin keeper {ended} has stopped");
        Assert.AreEqual("v0002 5", await ground.RunAsync("quanto"));
        Assert.IsEmpty(ground.Complaints);
    }

    private static async Task SwapAsync(Ground ground, string version)
    {
        ground.DropFile("Keeper.dll", Patch.Text(await File.ReadAllBytesAsync(Ground.Fixture("Keeper")), "v0000", version));
        await ground.SettleAsync();
    }

    private static async Task<Ground> RunningAsync(Chat.Daemon.Plugins.Discovery.PluginTimes? times = null)
    {
        var ground = new Ground(times: times, ownTime: true);
        ground.DropFile("Keeper.dll", await File.ReadAllBytesAsync(Ground.Fixture("Keeper")));
        await ground.LoadAsync();
        return ground;
    }

    private static Task WriteAsync(Ground ground, string json) => File.WriteAllTextAsync(Path.Combine(ground.Dropped, "Keeper.json"), json);

    /// <summary>Scheduled work runs on the pool: it may be a moment behind the clock.</summary>
    private static async Task UntilAsync(Ground ground, string value)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (await ground.RunAsync("quanto") is var now && now != value)
        {
            if (Environment.TickCount64 > deadline) Assert.AreEqual(value, now);
            await Task.Yield();
        }
    }
}
