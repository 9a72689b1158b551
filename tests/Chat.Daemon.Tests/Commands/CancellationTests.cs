using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>
/// A command that waits is cancelled when its caller goes. Each test has a daemon of its own, because the command logs only that it was
/// cancelled, not whose it is.
/// </summary>
[TestClass]
public sealed class CancellationTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task IsCancelledWhenTheClientIsGone(bool isReset)
    {
        await using var stage = await Stage.SetAsync();
        var guest = await stage.WaitingAsync();
        if (isReset) guest.Abort();
        else await guest.DisposeAsync(); // closes as the end of a process does
        await stage.HeardAsync();
        await stage.Log.LineAsync(l => l.Contains("closed by the client", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task IsCancelledWhenAHalfClosedClientIsGone()
    {
        await using var stage = await Stage.SetAsync();
        var guest = await stage.WaitingAsync();
        guest.ShutdownSend();
        // It is told that nobody came, which is how it would be found out; it reads, so the command goes on.
        for (var i = 0; i < 2; i++) await guest.ExpectAsync<DaemonFrame.Presence>(p => p.Arrived is null && p.Departed is null);
        Assert.DoesNotContain("was cancelled", string.Join('\n', stage.Log.Lines));
        await guest.DisposeAsync();
        await stage.HeardAsync();
    }

    [TestMethod]
    public async Task RepliesToAHalfClosedClient()
    {
        await using var stage = await Stage.SetAsync();
        var guest = await stage.Users.EnterAsync(TestUsers.NewName("ana"));
        await guest.SendAsync(new ClientFrame.Message("/pendurar", "geral") { Id = "1" });
        await guest.SendAsync(new ClientFrame.Message("/salas", "geral") { Id = "2" });
        guest.ShutdownSend();
        Assert.AreEqual("timeout", (await guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "1")).Code);
        await guest.ExpectAsync<DaemonFrame.Reply>(r => r.Id == "2");
        Assert.AreEqual(Ending.Ended, await guest.ExpectClosedAsync());
    }

    [TestMethod]
    public async Task IsCancelledWhenTheCallerIsBanned()
    {
        await using var stage = await Stage.SetAsync();
        var guest = await stage.WaitingAsync();
        await (await stage.Users.AdminAsync()).ReplyAsync($"/ban {guest.Name} 1h");
        await stage.HeardAsync();
        Assert.AreEqual("banned", (await guest.ExpectAsync<DaemonFrame.Bye>()).Reason);
    }

    [TestMethod]
    public async Task IsCancelledWhenTheDaemonStops()
    {
        await using var stage = await Stage.SetAsync();
        var guest = await stage.WaitingAsync();
        var stopping = stage.Users.Daemon.StopAsync();
        await stage.HeardAsync();
        Assert.AreEqual("unavailable", (await guest.ExpectAsync<DaemonFrame.Error>()).Code);
        Assert.AreEqual("shutdown", (await guest.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await stopping;
    }

    private sealed record Stage(TestUsers Users, DirectoryInfo Folder, CapturedLog Log) : IAsyncDisposable
    {
        public static async Task<Stage> SetAsync()
        {
            var log = new CapturedLog();
            var (users, folder) = await TestUsers.WithPluginAsync("Clumsy", log);
            return new(users, folder, log);
        }

        /// <summary>A guest whose command waits.</summary>
        public async Task<TestClient> WaitingAsync()
        {
            var guest = await Users.EnterAsync(TestUsers.NewName("ana"));
            await guest.SendAsync(new ClientFrame.Message("/esperar", "geral"));
            await Log.LineAsync(l => l.Contains("Plugin.clumsy: A command waits", StringComparison.Ordinal));
            return guest;
        }

        public Task<string> HeardAsync() =>
            Log.LineAsync(l => l.Contains("Plugin.clumsy: A command was cancelled", StringComparison.Ordinal));

        public async ValueTask DisposeAsync()
        {
            await Users.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
