using Chat.Daemon.Plugins.Discovery;

namespace Chat.Plugins.Tests.Discovery;

/// <summary>The default drop folder is in the working directory, which may be the program's own folder.</summary>
[TestClass]
public sealed class PluginFoldersTests
{
    [TestMethod]
    public async Task TheShippedFolderIsNotScannedAgainAsADropFolder()
    {
        await using var sandbox = new PluginSandbox(also: g => g.Shipped + Path.DirectorySeparatorChar);
        sandbox.Ship("Greeter");
        await sandbox.LoadAsync();
        Assert.AreEqual(new PluginSummary("greeter", "1.2", "active"), sandbox.Plugins.Single() with { Commands = [] });
    }

    [TestMethod]
    public void AFolderOfSourceCodeContainsNoPlugins() => Assert.IsEmpty(FolderScan.Of(Sources(), PluginOrigin.Dropped).Sources);

    /// <summary>The repository's own <c>Plugins</c> folder.</summary>
    private static string Sources()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Chat.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "Plugins");
    }
}
