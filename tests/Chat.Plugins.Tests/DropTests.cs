namespace Chat.Plugins.Tests;

/// <summary>Files that come, change and go while the daemon runs.</summary>
[TestClass]
public sealed class DropTests
{
    [TestMethod]
    public async Task WhatIsDroppedRuns()
    {
        await using var ground = new Ground();
        await ground.LoadAsync();
        ground.Drop("Greeter");
        await ground.SettleAsync();
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
        Assert.Contains("Plugin greeter 1.2 from", ground.Log.Lines.Single(l => l.Text.Contains("is active", StringComparison.Ordinal)).Text);
    }

    [TestMethod]
    public async Task AFolderThatComesLaterIsWatched()
    {
        await using var ground = new Ground();
        Directory.Delete(ground.Dropped);
        await ground.LoadAsync();
        Directory.CreateDirectory(ground.Dropped);
        ground.DropVersion(1);
        await ground.SettleAsync();
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ANewVersionTakesThePlaceOfTheOld()
    {
        await using var ground = await RunningAsync();
        ground.DropVersion(2);
        await ground.SettleAsync();
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        await ground.Log.HasAsync("Plugin versioned v0001 is collected");
        Assert.AreEqual("versioned v0002 active", ground.States);
        Assert.AreEqual(1, ground.Plugins.Single().Collected);
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task WhatStillChangesIsNotTaken()
    {
        await using var ground = await RunningAsync();
        for (var number = 2; number < 6; number++) // one every half second: none lies there for 750 ms
        {
            ground.DropVersion(number);
            await ground.PassAsync(TimeSpan.FromMilliseconds(500));
            Assert.AreEqual("versioned v0001 active", ground.States);
        }
        await ground.PassAsync(Ground.Quick.Settle);
        Assert.AreEqual("v0005 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task HalfACopyIsWaitedFor()
    {
        await using var ground = await RunningAsync();
        var whole = Versions.Of(2);
        ground.DropFile("Versioned.dll", whole[..(whole.Length / 2)]);
        await ground.SettleAsync();
        await ground.PassAsync(TimeSpan.FromSeconds(8));
        Assert.AreEqual("versioned v0001 active", ground.States);
        Assert.IsEmpty(ground.Complaints);
        ground.DropFile("Versioned.dll", whole);
        await ground.SettleAsync();
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task HalfACopyThatStaysIsNamedAndTheOldOneServes()
    {
        await using var ground = await RunningAsync();
        ground.DropFile("Versioned.dll", Versions.Of(2)[..3000]);
        await ground.SettleAsync();
        await ground.PassAsync(Ground.Quick.Patience);
        Assert.AreEqual("versioned v0001 active, Versioned  faulted", ground.States);
        Assert.EndsWith("Versioned.dll is only a part of a DLL, or damaged: copy it again.", ground.Complaints.Single());
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AFolderIsTakenWhenItsLastFileIsThere()
    {
        await using var ground = new Ground();
        await ground.LoadAsync();
        var lexicon = Path.Combine(Path.GetDirectoryName(ground.Drop("WordsOne"))!, "Lexicon.dll");
        var bytes = await File.ReadAllBytesAsync(lexicon);
        File.Delete(lexicon);
        await ground.SettleAsync();
        Assert.IsNull(ground.Find("palavra-one"));
        Assert.IsEmpty(ground.Complaints);
        await File.WriteAllBytesAsync(lexicon, bytes);
        await ground.SettleAsync();
        Assert.AreEqual("one", await ground.RunAsync("palavra-one"));
    }

    [TestMethod]
    public async Task ARenamedFolderIsOneSwap()
    {
        await using var ground = new Ground();
        var folder = Path.GetDirectoryName(ground.Drop("Greeter", "Old"))!;
        await ground.LoadAsync();
        await ground.RunAsync("saudar");
        var renamed = Path.Combine(ground.Dropped, "New");
        Directory.Move(folder, renamed);
        foreach (var file in Directory.GetFiles(renamed, "Old.*")) File.Move(file, file.Replace("Old.", "New.", StringComparison.Ordinal));
        await ground.SettleAsync();
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
        Assert.IsFalse(ground.Log.Lines.Any(l => l.Text.Contains("is taken out", StringComparison.Ordinal)));
        Assert.IsEmpty(ground.Complaints, string.Join(" | ", ground.Complaints));
    }

    [TestMethod]
    public async Task AFolderThatIsMovedHereIsTaken()
    {
        await using var ground = new Ground();
        await ground.LoadAsync();
        Directory.Move(Path.GetDirectoryName(Ground.PutFolder(ground.Shipped, "Greeter"))!, Path.Combine(ground.Dropped, "Greeter"));
        await ground.SettleAsync();
        Assert.AreEqual("greeter 1.2 active", ground.States);
    }

    [TestMethod]
    public async Task AFolderThatIsMovedInPlaceOfAnotherIsOneSwap()
    {
        await using var ground = new Ground();
        var running = Path.GetDirectoryName(ground.Drop("Greeter"))!;
        await ground.LoadAsync();
        var next = Ground.PutFolder(Path.Combine(ground.Dropped, ".next"), "Greeter");
        await File.WriteAllBytesAsync(next, Patch.Text(await File.ReadAllBytesAsync(next), "1.2", "1.3"));
        Directory.Move(running, Path.Combine(ground.Dropped, ".before"));
        await ground.LookAsync(); // it is gone for a moment
        Directory.Move(Path.GetDirectoryName(next)!, running);
        await ground.SettleAsync();
        Assert.AreEqual("greeter 1.3 active", ground.States.Split(',')[0]);
        Assert.IsFalse(ground.Log.Lines.Any(l => l.Text.Contains("is taken out", StringComparison.Ordinal)));
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "growing")]
    [DataRow(true, DisplayName = "of its full length from the beginning")]
    public async Task ACopyOfTenSecondsIsTakenWhenItIsWhole(bool isFullLength)
    {
        await using var ground = await RunningAsync();
        var whole = Versions.Of(2);
        await using (var file = new FileStream(Path.Combine(ground.Dropped, "Versioned.dll"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            if (isFullLength) file.SetLength(whole.Length);
            for (var second = 0; second < 10; second++)
            {
                await file.WriteAsync(whole.AsMemory()[(whole.Length * second / 10)..(whole.Length * (second + 1) / 10)]);
                await file.FlushAsync();
                if (second == 9) break;
                await ground.LookAsync();
                await ground.PassAsync(TimeSpan.FromSeconds(1)); // longer than what settles
                Assert.AreEqual("versioned v0001 active", ground.States);
                Assert.AreEqual("v0001", (await ground.RunAsync("versao"))[..5]);
            }
        }
        Assert.IsEmpty(ground.Complaints);
        await ground.SettleAsync();
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task WhatIsDeletedGoes()
    {
        await using var ground = await RunningAsync();
        File.Delete(Path.Combine(ground.Dropped, "Versioned.dll"));
        await ground.SettleAsync();
        Assert.IsNull(ground.Find("versao"));
        await ground.Log.HasAsync("Plugin versioned v0001 is collected");
        Assert.AreEqual("versioned v0001 collected", ground.States);
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task TheShippedOneComesBack()
    {
        await using var ground = new Ground();
        ground.Ship("Greeter");
        var dropped = ground.Drop("Greeter");
        await File.WriteAllBytesAsync(dropped, Patch.Text(await File.ReadAllBytesAsync(dropped), "1.2", "1.3"));
        await ground.LoadAsync();
        Assert.AreEqual("greeter 1.3 active", ground.States);
        Directory.Delete(Path.GetDirectoryName(dropped)!, recursive: true);
        await ground.SettleAsync();
        Assert.StartsWith("greeter 1.2 active", ground.States);
        Assert.IsNull(ground.Plugins[0].Note);
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task TwoDropsWithinASecondAreTwoSwapsAtMost()
    {
        await using var ground = await RunningAsync();
        ground.DropVersion(2);
        await ground.PassAsync(TimeSpan.FromMilliseconds(400));
        ground.DropVersion(3);
        await ground.SettleAsync();
        Assert.AreEqual("v0003 1", await ground.RunAsync("versao"));
        Assert.IsFalse(ground.Log.Lines.Any(l => l.Text.Contains("v0002", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task TwoDropsWithinASecondThatBothSettleAreTwoSwaps()
    {
        await using var ground = await RunningAsync();
        ground.DropVersion(2);
        await ground.SettleAsync();
        Assert.AreEqual("v0002 1", await ground.RunAsync("versao"));
        await ground.PassAsync(TimeSpan.FromMilliseconds(200));
        ground.DropVersion(3);
        await ground.SettleAsync();
        Assert.AreEqual("v0003 1", await ground.RunAsync("versao"));
        foreach (var gone in (string[])["v0001", "v0002"]) await ground.Log.HasAsync($"Plugin versioned {gone} is collected");
        Assert.IsEmpty(ground.Complaints);
    }

    [TestMethod]
    public async Task AnotherPluginInItsPlaceReplacesIt()
    {
        await using var ground = await RunningAsync();
        ground.DropFile("Versioned.dll", await File.ReadAllBytesAsync(Ground.Fixture("Greeter"), CancellationToken.None));
        await ground.SettleAsync();
        Assert.IsNull(ground.Find("versao"));
        Assert.AreEqual("ana 1 for ana", await ground.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task AtMostThreeGenerationsLive()
    {
        await using var ground = await RunningAsync(new() { Drain = Timeout.InfiniteTimeSpan, Proofs = [TimeSpan.Zero] });
        var leases = new List<IDisposable>();
        for (var number = 2; number <= 4; number++)
        {
            leases.Add(ground.Find("versao")!.Owner.TryLease()!);
            ground.DropVersion(number);
            await ground.SettleAsync();
        }
        Assert.AreEqual("versioned v0003 active, versioned v0001 draining, versioned v0002 draining, versioned v0004 inspected", ground.States);
        Assert.AreEqual("It waits until earlier generations have ended.", ground.Plugins[^1].Note);
        leases[0].Dispose();
        await ground.Log.HasAsync("Plugin versioned v0001 is collected");
        await ground.Log.HasAsync("v0004 from");
        foreach (var lease in leases) lease.Dispose();
    }

    private static async Task<Ground> RunningAsync(Chat.Daemon.Plugins.Discovery.PluginTimes? times = null)
    {
        var ground = new Ground(times: times);
        ground.DropVersion(1);
        await ground.LoadAsync();
        return ground;
    }
}
