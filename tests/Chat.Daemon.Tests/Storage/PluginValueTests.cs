using Chat.Daemon.Capabilities;
using Chat.Daemon.Plugins.Resources;
using Chat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Each plugin has its own values, within a quota, and only while it runs.</summary>
[TestClass]
public sealed class PluginValueTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public async Task AValueIsVisibleOnlyToItsPlugin()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (one, other) = (StorageOf(daemon, "one"), StorageOf(daemon, "other"));
        var version = await one.SetAsync("a:1", "um", None);
        Assert.AreEqual(new StoredValue("a:1", "um", version), await one.GetAsync("a:1", None));
        Assert.IsNull(await other.GetAsync("a:1", None));
        await one.SetAsync("a:2", "dois", None);
        await one.SetAsync("b", "três", None);
        await one.SetAsync("a%", "quatro", None);
        Assert.AreEqual("a:1=um a:2=dois", await ShownAsync(one, "a:"));
        Assert.AreEqual("a%=quatro a:1=um a:2=dois b=três", await ShownAsync(one, ""));
        Assert.IsTrue(await one.DeleteAsync("a:1", None));
        Assert.IsFalse(await one.DeleteAsync("a:1", None));
        await daemon.RestartAsync();
        Assert.AreEqual("a%=quatro a:2=dois b=três", await ShownAsync(StorageOf(daemon, "one"), ""));
    }

    [TestMethod]
    public async Task AWriteWithAnOldVersionIsAConflict()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var storage = StorageOf(daemon, "one");
        Assert.IsNull(await storage.TrySetAsync("k", "x", 1, None));
        var first = await storage.TrySetAsync("k", "a", 0, None);
        Assert.IsNull(await storage.TrySetAsync("k", "b", 0, None));
        var second = await storage.TrySetAsync("k", "b", first!.Value, None);
        Assert.IsNull(await storage.TrySetAsync("k", "c", first.Value, None));
        await storage.DeleteAsync("k", None);
        Assert.IsNull(await storage.TrySetAsync("k", "c", second!.Value, None));
        Assert.IsGreaterThan(second.Value, (await storage.TrySetAsync("k", "a", 0, None))!.Value);
    }

    [TestMethod]
    public async Task ConcurrentUpdatesLoseNothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var storage = StorageOf(daemon, "one");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 10;)
            {
                var read = await storage.GetAsync("n", None);
                if (await storage.TrySetAsync("n", $"{int.Parse(read?.Value ?? "0", null) + 1}", read?.Version ?? 0, None) is not null) i++;
            }
        }));
        Assert.AreEqual("80", (await storage.GetAsync("n", None))!.Value);
    }

    [TestMethod]
    public async Task AWriteBeyondTheQuotaIsRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var storage = StorageOf(daemon, "one");
        var most = new string('a', 64 * 1024);
        for (var i = 0; i < 15; i++) await storage.SetAsync($"{i:00}", most, None);
        Assert.AreEqual("quota_exceeded", await CodeAsync(storage.SetAsync("15", most, None)));
        await storage.SetAsync("00", "", None);
        await storage.SetAsync("15", most, None);
        await StorageOf(daemon, "other").SetAsync("00", most, None);
        Assert.AreEqual("bad_arguments", await CodeAsync(storage.SetAsync("a", most + "a", None)));
        foreach (var key in (string[])["", new string('é', 129), "a\u0000b"])
            Assert.AreEqual("bad_arguments", await CodeAsync(storage.SetAsync(key, "", None)));
    }

    [TestMethod]
    public async Task AKeyBeyondTheLimitIsRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var storage = StorageOf(daemon, "one");
        foreach (var some in Enumerable.Range(0, 10_000).Chunk(1_000))
            await Task.WhenAll(some.Select(i => storage.SetAsync($"{i}", "", None)));
        Assert.AreEqual("quota_exceeded", await CodeAsync(storage.SetAsync("more", "", None)));
        await storage.SetAsync("17", "changed", None);
    }

    [TestMethod]
    public async Task AStoppedPluginCannotUseItsStorage()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var storage = StorageOf(daemon, "one");
        ((IDisposable)storage).Dispose();
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => storage.SetAsync("k", "v", None));
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => storage.GetAsync("k", None).AsTask());
    }

    private static IStorage StorageOf(TestDaemon daemon, string plugin)
    {
        var services = new ServiceCollection();
        daemon.Get<CapabilityTable>().AddTo(services, plugin);
        return services.BuildServiceProvider().GetRequiredService<IStorage>();
    }

    private static async Task<string> ShownAsync(
        IStorage storage, string prefix) => string.Join(' ', (await storage.ListAsync(prefix, None)).Select(v => $"{v.Key}={v.Value}"));

    private static async Task<string> CodeAsync(Task call) => (await Assert.ThrowsExactlyAsync<RefusalException>(() => call)).Code;
}
