using System.Net;
using Chat.Daemon.Plugins.Resources;
using Chat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Tests.Resources;

/// <summary>A place for a plugin's files, and clients for its requests.</summary>
[TestClass]
public sealed class FolderAndClientTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task EachPluginHasAFolderThatStays()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (mine, others) = (FolderOf(daemon, "Feeds"), FolderOf(daemon, "poll"));
        await File.WriteAllTextAsync(Path.Combine(mine, "seen.txt"), "1", TestContext.CancellationToken);
        Assert.AreEqual(Path.Combine(daemon.Folder, "data", "plugin-files", "feeds"), mine);
        Assert.AreNotEqual(mine, others);
        var again = Path.Combine(FolderOf(daemon, "feeds"), "seen.txt");
        Assert.AreEqual("1", await File.ReadAllTextAsync(again, TestContext.CancellationToken));
        if (!OperatingSystem.IsWindows()) Assert.AreEqual((UnixFileMode)0b111_000_000, File.GetUnixFileMode(mine));
    }

    [TestMethod]
    public async Task AClientOutlivesTheOneBeforeIt()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var container = ContainerOf(daemon, "feeds");
        var clients = container.GetRequiredService<IHttpClients>();
        await using (var stopping = ContainerOf(daemon, "poll")) stopping.GetRequiredService<IHttpClients>().Create().Dispose();
        var health = new Uri($"http://127.0.0.1:{daemon.HttpPort}/health");
        using (var first = clients.Create()) await first.GetStringAsync(health, TestContext.CancellationToken);
        using var second = clients.Create();
        using var answer = await second.GetAsync(health, TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string FolderOf(TestDaemon daemon, string plugin)
    {
        using var container = ContainerOf(daemon, plugin);
        return container.GetRequiredService<IPluginFolder>().Path;
    }

    private static ServiceProvider ContainerOf(TestDaemon daemon, string plugin)
    {
        var services = new ServiceCollection();
        daemon.Get<CapabilityTable>().AddTo(services, plugin);
        return services.BuildServiceProvider();
    }
}
