using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Lifetime;

/// <summary>Jobs run at least once, however the daemon ends; those that have run are done.</summary>
[TestClass]
public sealed class JobKillTests : IDisposable
{
    private readonly ScratchFolder drop = new();

    public void Dispose() => drop.Dispose();

    [TestMethod, Timeout(120_000, CooperativeCancellation = true)]
    public async Task OnlyAJobThatRanDuringAKillRunsAgain()
    {
        TestUsers.Drop("Ringer", drop.Path);
        await using var daemon = await ProcessDaemon.StartAsync("--plugins", drop.Path);
        await using (var ana = await EnterAsync(daemon, "ana"))
        {
            await ana.ReplyAsync("/tocar cedo 0s");
            await Wait.UntilAsync(() => IsDoneAsync(ana), () => Task.Delay(20));
            await ana.ReplyAsync("/tocar fica 0s");
            await Wait.UntilAsync(() => RungBy(daemon).Contains("fica"), () => Task.Delay(20));
            await ana.ReplyAsync("/tocar depois 3s");
        }
        daemon.Kill();
        await daemon.ExitAsync();
        await daemon.StartAgainAsync();
        await using (var bia = await EnterAsync(daemon, "bia")) await Wait.UntilAsync(() => IsDoneAsync(bia), () => Task.Delay(20));
        await daemon.RestartAsync();
        await using (var eva = await EnterAsync(daemon, "eva")) Assert.AreEqual("0", (await eva.ReplyAsync("/pendentes")).Text);
        Assert.AreEqual("cedo 1, depois 1, fica 2",
            string.Join(", ", RungBy(daemon).Order().GroupBy(name => name).Select(name => $"{name.Key} {name.Count()}")));
    }

    private static async Task<bool> IsDoneAsync(TestClient client) => (await client.ReplyAsync("/pendentes")).Text == "0";

    private static string[] RungBy(ProcessDaemon daemon)
    {
        var file = Path.Combine(daemon.Folder, "rung");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static async Task<TestClient> EnterAsync(ProcessDaemon daemon, string name)
    {
        var client = await TestClient.ConnectAsync(daemon.Port, name);
        await client.LoginAsync(new ClientFrame.Login(name, Rooms: ["geral"]));
        return client;
    }
}
