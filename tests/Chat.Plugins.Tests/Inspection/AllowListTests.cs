using System.Security.Cryptography;

namespace Chat.Plugins.Tests.Inspection;

/// <summary>If the operator lists the files that may run, nothing else runs.</summary>
[TestClass]
public sealed class AllowListTests
{
    [TestMethod]
    public async Task APluginThatIsNotListedDoesNotRun()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Allowed.Add(new('0', 64));
        sandbox.Ship("Greeter");
        sandbox.DropVersion(1);
        await sandbox.LoadAsync();
        Assert.AreEqual("greeter 1.2 active, versioned v0001 faulted", sandbox.States);
        var hash = HashOf(FixtureVersion.Of(1));
        Assert.AreEqual($"Versioned.dll is not on the list of allowed files. To allow it, add {hash} to Chat:Plugins:Allowed.",
            sandbox.Plugins[1].Note);
        Assert.HasCount(1, sandbox.Complaints);
        sandbox.Allowed.Add(hash.ToUpperInvariant());
        await sandbox.RefreshAsync();
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ANewVersionThatIsNotListedLeavesTheOldOneRunning()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.Allowed.Add(HashOf(FixtureVersion.Of(1)));
        sandbox.DropVersion(1);
        await sandbox.LoadAsync();
        sandbox.DropVersion(2);
        await sandbox.SettleAsync();
        Assert.AreEqual("versioned v0001 active, versioned v0002 faulted", sandbox.States);
        Assert.AreEqual("v0001 1", await sandbox.RunAsync("versao"));
    }

    [TestMethod]
    public async Task APluginStopsWhenItIsRemovedFromTheList()
    {
        await using var sandbox = new PluginSandbox();
        sandbox.DropVersion(1);
        await sandbox.LoadAsync();
        sandbox.Allowed.Add(HashOf(FixtureVersion.Of(2)));
        await sandbox.RefreshAsync();
        Assert.IsNull(sandbox.Find("versao"));
        await sandbox.Log.HasAsync("Plugin versioned v0001 is collected");
    }

    [TestMethod]
    public async Task AFolderNeedsEveryFileListedExceptSymbolsAndDocumentation()
    {
        await using var sandbox = new PluginSandbox();
        var folder = Path.GetDirectoryName(sandbox.Drop("WordsOne"))!;
        var code = Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is not (".pdb" or ".xml")).ToList();
        sandbox.Allowed.AddRange(code.Where(f => Path.GetFileName(f) != "Lexicon.dll").Select(f => HashOf(File.ReadAllBytes(f))));
        await sandbox.LoadAsync();
        Assert.StartsWith("Lexicon.dll is not on the list", sandbox.Plugins.Single().Note);
        sandbox.Allowed.Add(HashOf(await File.ReadAllBytesAsync(Path.Combine(folder, "Lexicon.dll"))));
        await sandbox.RefreshAsync();
        Assert.AreEqual("one", await sandbox.RunAsync("palavra-one"));
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [TestMethod]
    public async Task AFailedReconcileIsRetried()
    {
        await using var sandbox = new PluginSandbox { AllowListFailures = 1 };
        sandbox.Drop("Greeter");
        await sandbox.LoadAsync();
        Assert.AreEqual("Cannot update the plugins; the daemon tries again.", sandbox.Complaints.Single());
        await sandbox.ScanAsync();
        Assert.AreEqual("greeter 1.2 active", sandbox.States);
    }
}
