using Chat.Daemon.Plugins.Discovery;

namespace Chat.Plugins.Tests;

/// <summary>The default drop folder lies in the working directory, which may well be the program's.</summary>
[TestClass]
public sealed class PlacesTests
{
    [TestMethod]
    public async Task TheShippedFolderIsNotScannedAgainAsADropFolder()
    {
        await using var ground = new Ground(also: g => g.Shipped + Path.DirectorySeparatorChar);
        ground.Ship("Greeter");
        await ground.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active"), ground.Plugins.Single() with { Commands = [] });
    }

    [TestMethod]
    public void ADropFolderOfSourcesHasNoPlugins() => Assert.IsEmpty(FolderScan.Of(Sources(), PluginOrigin.Dropped).Sources);

    /// <summary>Our own <c>Plugins</c>, found upwards from the tests.</summary>
    private static string Sources()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Chat.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "Plugins");
    }
}
