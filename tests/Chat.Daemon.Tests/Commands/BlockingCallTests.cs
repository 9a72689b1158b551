using System.Diagnostics;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Hooks;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Plugin code that blocks its threads holds up nobody but its callers.</summary>
[TestClass]
public sealed class BlockingCallTests
{
    private const int Guests = 40;

    /// <summary>Far more than 20 echoes take. A pool that adds its threads one by one would take half a minute.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);

    /// <summary>A process of its own, whose pool has as many threads as cores.</summary>
    [TestMethod]
    [DataRow("/travar")]
    [DataRow("/adiar")]
    [DataRow("/pesar 3")]
    [DataRow("/escolher ")]
    public async Task BlockedCallsHoldUpNobodyElse(string line)
    {
        using var folder = new ScratchFolder();
        TestUsers.Drop("Blocker", folder.Path);
        await using var daemon = await ProcessDaemon.StartAsync(
            "--plugins", folder.Path, "--Chat:Limits:ConnectionsPerAddress=0", "--Chat:Limits:LoginsPerMinute=0");
        await using var bystander = await EnterAsync(daemon, "bia");
        var guests = new List<TestClient>();
        for (var i = 0; i < Guests; i++) guests.Add(await EnterAsync(daemon, $"ana{i}"));
        ClientFrame blocking = line.EndsWith(' ') ? new ClientFrame.Complete(line, null, "geral") : new ClientFrame.Message(line, "geral");
        foreach (var guest in guests) await guest.SendAsync(blocking with { Id = "b" });
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++) await bystander.SayAsync("geral", $"oi {i}");
        Assert.IsLessThan(Quick, watch.Elapsed);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [TestMethod]
    public async Task BlockedCallsOfACommandAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        var refusals = await AllRefusedAsync(guests, "/travar");
        // On a busy machine a call may meet its deadline before it has a thread. Another then takes its place.
        var busy = refusals.Count(r => r.Code == "busy");
        Assert.IsInRange(1, 24, busy);
        Assert.AreEqual(Guests - busy, refusals.Count(r => r.Code == "timeout"));
        Assert.AreEqual("16", (await guests[0].ReplyAsync("/quantos")).Text);
        Assert.AreEqual(
            "/travar está com chamadas demais em andamento. Tente de novo daqui a pouco; se continuar assim, "
            + "avise quem administra o servidor.",
            refusals.First(r => r.Code == "busy").Text);
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: 16 calls of command travar of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
        Assert.Contains($"chat_commands_total{{outcome=\"busy\"}} {busy}", await daemon.MetricsAsync());
    }

    /// <summary>A command that waits takes no thread, so many may run; those that outlive their deadlines are limited.</summary>
    [TestMethod]
    public async Task AbandonedCallsOfACommandAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        Assert.AreEqual(Guests, (await AllRefusedAsync(guests, "/adiar")).Count(r => r.Code == "timeout"));
        Assert.AreEqual("busy", (await guests[0].RefusalAsync("/adiar")).Code);
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: ", StringComparison.Ordinal)
                && l.Contains(" calls of command adiar of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
    }

    [TestMethod]
    public async Task CommandIsRunAgainOnceItsCallsHaveEnded()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        await AllRefusedAsync(guests, "/travar");
        Assert.AreEqual("busy", (await guests[0].RefusalAsync("/travar")).Code); // those past their deadlines still count
        Assert.AreEqual("aberto", (await guests[0].ReplyAsync("/abrir")).Text);
        await daemon.Log.LineAsync(l => l.Contains("Detached command ended", StringComparison.Ordinal));
        var replies = await Task.WhenAll(guests.Select(guest => guest.ReplyAsync("/travar")));
        Assert.IsTrue(replies.All(reply => reply.Text == "passou")); // a burst of calls that do not block is not refused
    }

    [TestMethod]
    public async Task ConversionsOfACommandAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        var refusals = await AllRefusedAsync(guests, "/pesar 3");
        Assert.AreEqual(16, refusals.Count(r => r.Code == "command_failed"));
        Assert.AreEqual(24, refusals.Count(r => r.Code == "busy"));
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: 16 calls of parameter type weight of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
    }

    [TestMethod]
    public async Task SuggestionsOfACommandAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Complete("/escolher ", null, "geral") { Id = "b" });
        foreach (var guest in guests) Assert.IsEmpty((await guest.ExpectAsync<DaemonFrame.Completions>(c => c.Id == "b")).Entries);
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: 4 calls of suggestions for escolher of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
    }

    private static async Task<DaemonFrame.Error[]> AllRefusedAsync(IReadOnlyList<TestClient> guests, string line)
    {
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Message(line, "geral") { Id = "b" });
        return await Task.WhenAll(guests.Select(guest => guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "b")));
    }

    private static async Task<IReadOnlyList<TestClient>> CrowdAsync(PluginDaemon daemon)
    {
        var guests = new List<TestClient>();
        for (var i = 0; i < Guests; i++) guests.Add(await daemon.EnterAsync($"ana{i}"));
        return guests;
    }

    private static async Task<TestClient> EnterAsync(ProcessDaemon daemon, string name)
    {
        var client = await TestClient.ConnectAsync(daemon.Port, name);
        await client.LoginAsync(new ClientFrame.Login(name, Rooms: ["geral"]));
        return client;
    }
}
