using System.Security.Cryptography;

namespace Chat.Plugins.Tests;

/// <summary>Where the operator lists what may run, nothing else does.</summary>
[TestClass]
public sealed class AllowListTests
{
    [TestMethod]
    public async Task WhatIsNotListedDoesNotRun()
    {
        await using var ground = new Ground();
        ground.Allowed.Add(new('0', 64));
        ground.Ship("Greeter");
        ground.DropVersion(1);
        await ground.LoadAsync();
        Assert.AreEqual("greeter 1.2 active, versioned v0001 faulted", ground.States);
        var hash = HashOf(Versions.Of(1));
        Assert.AreEqual($"Versioned.dll is not on the list of allowed files; to allow it, add {hash} to Chat:Plugins:Allowed.", ground.Plugins[1].Note);
        Assert.HasCount(1, ground.Complaints);
        ground.Allowed.Add(hash.ToUpperInvariant());
        await ground.RefreshAsync();
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task ANewVersionThatIsNotListedLeavesTheOldServing()
    {
        await using var ground = new Ground();
        ground.Allowed.Add(HashOf(Versions.Of(1)));
        ground.DropVersion(1);
        await ground.LoadAsync();
        ground.DropVersion(2);
        await ground.SettleAsync();
        Assert.AreEqual("versioned v0001 active, versioned v0002 faulted", ground.States);
        Assert.AreEqual("v0001 1", await ground.RunAsync("versao"));
    }

    [TestMethod]
    public async Task WhatIsTakenFromTheListStops()
    {
        await using var ground = new Ground();
        ground.DropVersion(1);
        await ground.LoadAsync();
        ground.Allowed.Add(HashOf(Versions.Of(2)));
        await ground.RefreshAsync();
        Assert.IsNull(ground.Find("versao"));
        await ground.Log.HasAsync("Plugin versioned v0001 is collected");
    }

    [TestMethod]
    public async Task OfAFolderEveryFileButSymbolsAndDocumentationIsListed()
    {
        await using var ground = new Ground();
        var folder = Path.GetDirectoryName(ground.Drop("WordsOne"))!;
        var code = Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is not (".pdb" or ".xml")).ToList();
        ground.Allowed.AddRange(code.Where(f => Path.GetFileName(f) != "Lexicon.dll").Select(f => HashOf(File.ReadAllBytes(f))));
        await ground.LoadAsync();
        Assert.StartsWith("Lexicon.dll is not on the list", ground.Plugins.Single().Note);
        ground.Allowed.Add(HashOf(await File.ReadAllBytesAsync(Path.Combine(folder, "Lexicon.dll"))));
        await ground.RefreshAsync();
        Assert.AreEqual("one", await ground.RunAsync("palavra-one"));
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [TestMethod]
    public async Task WhereNothingCanBeDecidedItIsTriedAgain()
    {
        await using var ground = new Ground { Troubles = 1 };
        ground.Drop("Greeter");
        await ground.LoadAsync();
        Assert.AreEqual("Plugins could not be looked after; that is tried again.", ground.Complaints.Single());
        await ground.LookAsync();
        Assert.AreEqual("greeter 1.2 active", ground.States);
    }
}
