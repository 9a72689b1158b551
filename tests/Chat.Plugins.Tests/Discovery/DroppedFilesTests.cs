using Chat.Daemon.Plugins.Discovery;

namespace Chat.Plugins.Tests.Discovery;

/// <summary>Files that are added, changed and deleted while the daemon runs.</summary>
[TestClass]
public sealed class DroppedFilesTests
{
    [TestMethod]
    public async Task ADroppedPluginRuns()
    {
        await using var sandbox = new PluginSandbox();
        await sandbox.LoadAsync();
        sandbox.Drop("Greeter");
        await sandbox.SettleAsync();
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        var active = sandbox.Log.Lines.Single(l => l.Text.Contains("is active", StringComparison.Ordinal)).Text;
        Assert.Contains("Plugin greeter 1.2 from", active);
    }

    [TestMethod]
    public async Task ADropFolderCreatedLaterIsWatched()
    {
        await using var sandbox = new PluginSandbox();
        Directory.Delete(sandbox.Dropped);
        await sandbox.LoadAsync();
        Directory.CreateDirectory(sandbox.Dropped);
        sandbox.DropVersion(1);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ANewVersionReplacesTheOldOne()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        await sandbox.Log.HasAsync("Plugin versioned v0001 is collected");
        Assert.AreEqual("versioned v0002 active", sandbox.States);
        Assert.AreEqual(1, sandbox.Plugins.Single().Collected);
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task AFileThatKeepsChangingIsNotLoaded()
    {
        await using var sandbox = await RunningAsync();
        for (var number = 2; number < 6; number++) // one every half second; none stays for 750 ms
        {
            sandbox.DropVersion(number);
            await sandbox.PassAsync(TimeSpan.FromMilliseconds(500));
            Assert.AreEqual("versioned v0001 active", sandbox.States);
        }
        await sandbox.PassAsync(PluginSandbox.Quick.Settle);
        Assert.AreEqual("v0005 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AnIncompleteCopyIsGivenTime()
    {
        await using var sandbox = await RunningAsync();
        var whole = FixtureVersion.Of(2);
        sandbox.DropFile("Versioned.dll", whole[..(whole.Length / 2)]);
        await sandbox.SettleAsync();
        await sandbox.PassAsync(TimeSpan.FromSeconds(8));
        Assert.AreEqual("versioned v0001 active", sandbox.States);
        Assert.IsEmpty(sandbox.Complaints);
        sandbox.DropFile("Versioned.dll", whole);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AnIncompleteCopyThatStaysIsReportedAndTheOldVersionKeepsRunning()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Versioned.dll", FixtureVersion.Of(2)[..3000]);
        await sandbox.SettleAsync();
        await sandbox.PassAsync(PluginSandbox.Quick.Incomplete);
        Assert.AreEqual("versioned v0001 active, Versioned  faulted", sandbox.States);
        Assert.EndsWith("Versioned.dll is incomplete or damaged. Copy it again.", sandbox.Complaints.Single());
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task AFolderIsLoadedOnceItIsComplete()
    {
        await using var sandbox = new PluginSandbox();
        await sandbox.LoadAsync();
        var lexicon = Path.Combine(Path.GetDirectoryName(sandbox.Drop("WordsOne"))!, "Lexicon.dll");
        var bytes = await File.ReadAllBytesAsync(lexicon);
        File.Delete(lexicon);
        await sandbox.SettleAsync();
        Assert.IsNull(sandbox.Find("palavra-one"));
        Assert.IsEmpty(sandbox.Complaints);
        await File.WriteAllBytesAsync(lexicon, bytes);
        await sandbox.SettleAsync();
        Assert.AreEqual("one", await sandbox.RunAsync("palavra-one"));
    }

    [TestMethod]
    public async Task ARenamedFolderIsOneSwap()
    {
        await using var sandbox = new PluginSandbox();
        var folder = Path.GetDirectoryName(sandbox.Drop("Greeter", "Old"))!;
        await sandbox.LoadAsync();
        await sandbox.RunAsync("saudar");
        var renamed = Path.Combine(sandbox.Dropped, "New");
        Directory.Move(folder, renamed);
        foreach (var file in Directory.GetFiles(renamed, "Old.*")) File.Move(file, file.Replace("Old.", "New.", StringComparison.Ordinal));
        await sandbox.SettleAsync();
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
        Assert.IsFalse(sandbox.Log.Lines.Any(l => l.Text.Contains("was removed", StringComparison.Ordinal)));
        Assert.IsEmpty(sandbox.Complaints, string.Join(" | ", sandbox.Complaints));
    }

    [TestMethod]
    public async Task AFolderMovedIntoTheDropFolderIsLoaded()
    {
        await using var sandbox = new PluginSandbox();
        await sandbox.LoadAsync();
        Directory.Move(Path.GetDirectoryName(PluginSandbox.PutFolder(sandbox.Shipped, "Greeter"))!,
            Path.Combine(sandbox.Dropped, "Greeter"));
        await sandbox.SettleAsync();
        Assert.AreEqual("greeter 1.2 active", sandbox.States);
    }

    [TestMethod]
    public async Task AFolderThatReplacesAnotherIsOneSwap()
    {
        await using var sandbox = new PluginSandbox();
        var running = Path.GetDirectoryName(sandbox.Drop("Greeter"))!;
        await sandbox.LoadAsync();
        var next = PluginSandbox.PutFolder(Path.Combine(sandbox.Dropped, ".next"), "Greeter");
        await File.WriteAllBytesAsync(next, AssemblyPatch.Text(await File.ReadAllBytesAsync(next), "1.2", "1.3"));
        Directory.Move(running, Path.Combine(sandbox.Dropped, ".before"));
        await sandbox.ScanAsync(); // missing for a moment
        Directory.Move(Path.GetDirectoryName(next)!, running);
        await sandbox.SettleAsync();
        Assert.AreEqual("greeter 1.3 active", sandbox.States.Split(',')[0]);
        Assert.IsFalse(sandbox.Log.Lines.Any(l => l.Text.Contains("was removed", StringComparison.Ordinal)));
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "growing")]
    [DataRow(true, DisplayName = "of its full length from the beginning")]
    public async Task ASlowCopyIsLoadedOnceItIsComplete(bool isFullLength)
    {
        await using var sandbox = await RunningAsync();
        var whole = FixtureVersion.Of(2);
        await using (var file = new FileStream(
            Path.Combine(sandbox.Dropped, "Versioned.dll"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            if (isFullLength) file.SetLength(whole.Length);
            for (var second = 0; second < 10; second++)
            {
                await file.WriteAsync(whole.AsMemory()[(whole.Length * second / 10)..(whole.Length * (second + 1) / 10)]);
                await file.FlushAsync();
                if (second == 9) break;
                await sandbox.ScanAsync();
                await sandbox.PassAsync(TimeSpan.FromSeconds(1)); // longer than the settle time
                Assert.AreEqual("versioned v0001 active", sandbox.States);
                Assert.AreEqual("v0001", (await sandbox.RunAsync("versao"))[..5]);
            }
        }
        Assert.IsEmpty(sandbox.Complaints);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task ADeletedPluginStops()
    {
        await using var sandbox = await RunningAsync();
        File.Delete(Path.Combine(sandbox.Dropped, "Versioned.dll"));
        await sandbox.SettleAsync();
        Assert.IsNull(sandbox.Find("versao"));
        await sandbox.Log.HasAsync("Plugin versioned v0001 is collected");
        Assert.AreEqual("versioned v0001 collected", sandbox.States);
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task TheShippedVersionReturnsWhenTheDroppedOneIsDeleted()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Ship("Greeter");
        var dropped = sandbox.Drop("Greeter");
        await File.WriteAllBytesAsync(dropped, AssemblyPatch.Text(await File.ReadAllBytesAsync(dropped), "1.2", "1.3"));
        await sandbox.LoadAsync();
        Assert.AreEqual("greeter 1.3 active", sandbox.States);
        Directory.Delete(Path.GetDirectoryName(dropped)!, recursive: true);
        await sandbox.SettleAsync();
        Assert.StartsWith("greeter 1.2 active", sandbox.States);
        Assert.IsNull(sandbox.Plugins[0].Note);
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task ADropThatDoesNotSettleIsSkipped()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2);
        await sandbox.PassAsync(TimeSpan.FromMilliseconds(400));
        sandbox.DropVersion(3);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0003 1", await sandbox.RunAsync("versao"));
        Assert.IsFalse(sandbox.Log.Lines.Any(l => l.Text.Contains("v0002", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task TwoDropsThatBothSettleAreTwoSwaps()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropVersion(2);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0002 1", await sandbox.RunAsync("versao"));
        await sandbox.PassAsync(TimeSpan.FromMilliseconds(200));
        sandbox.DropVersion(3);
        await sandbox.SettleAsync();
        Assert.AreEqual("v0003 1", await sandbox.RunAsync("versao"));
        foreach (var gone in (string[])["v0001", "v0002"]) await sandbox.Log.HasAsync($"Plugin versioned {gone} is collected");
        Assert.IsEmpty(sandbox.Complaints);
    }

    [TestMethod]
    public async Task AnotherPluginInTheSameFileReplacesIt()
    {
        await using var sandbox = await RunningAsync();
        sandbox.DropFile("Versioned.dll", await File.ReadAllBytesAsync(PluginSandbox.Fixture("Greeter"), CancellationToken.None));
        await sandbox.SettleAsync();
        Assert.IsNull(sandbox.Find("versao"));
        Assert.AreEqual("ana 1 for ana", await sandbox.RunAsync("saudar"));
    }

    [TestMethod]
    public async Task AtMostThreeGenerationsExist()
    {
        await using var sandbox = await RunningAsync(new() { Drain = Timeout.InfiniteTimeSpan, Proofs = [TimeSpan.Zero] });
        var leases = new List<IDisposable>();
        for (var number = 2; number <= 4; number++)
        {
            leases.Add(sandbox.Find("versao")!.Owner.TryLease()!);
            sandbox.DropVersion(number);
            await sandbox.SettleAsync();
        }
        Assert.AreEqual("versioned v0003 active, versioned v0001 draining, versioned v0002 draining, versioned v0004 inspected",
            sandbox.States);
        Assert.AreEqual("It waits until earlier generations have ended.", sandbox.Plugins[^1].Note);
        leases[0].Dispose();
        await sandbox.Log.HasAsync("Plugin versioned v0001 is collected");
        await sandbox.Log.HasAsync("v0004 from");
        foreach (var lease in leases) lease.Dispose();
    }

    private static async Task<PluginSandbox> RunningAsync(PluginTimings? timings = null)
    {
        var sandbox = new PluginSandbox(timings: timings);
        sandbox.DropVersion(1);
        await sandbox.LoadAsync();
        return sandbox;
    }
}
