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
    [DataRow("/bloquear")]
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
    [DataRow("/bloquear")]
    [DataRow("/adiar")]
    public async Task CallsOfACommandAreLimited(string line)
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Message(line, "geral") { Id = "b" });
        var refusals = await Task.WhenAll(guests.Select(guest => guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "b")));
        Assert.AreEqual(16, refusals.Count(r => r.Code == "timeout"));
        Assert.AreEqual(24, refusals.Count(r => r.Code == "busy"));
        var name = line[1..];
        Assert.AreEqual(
            $"/{name} está com chamadas demais em andamento. Tente de novo daqui a pouco; se continuar assim, avise o operador.",
            refusals.First(r => r.Code == "busy").Text);
        Assert.ContainsSingle(l => l.Contains($"Plugin code busy: 16 calls of command {name} of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
        Assert.Contains("chat_commands_total{outcome=\"busy\"} 24", await daemon.MetricsAsync());
    }

    [TestMethod]
    public async Task CommandIsRunAgainOnceItsCallsHaveEnded()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Message("/bloquear", "geral") { Id = "b" });
        foreach (var guest in guests) await guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "b");
        Assert.AreEqual("busy", (await guests[0].RefusalAsync("/bloquear")).Code); // those past their deadline still count
        Assert.AreEqual("aberto", (await guests[0].ReplyAsync("/abrir")).Text);
        await daemon.Log.LineAsync(l => l.Contains("Detached command ended", StringComparison.Ordinal));
        Assert.AreEqual("passou", (await guests[0].ReplyAsync("/bloquear")).Text);
    }

    [TestMethod]
    public async Task ConversionsOfAPluginAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Message("/pesar 3", "geral") { Id = "b" });
        var refusals = await Task.WhenAll(guests.Select(guest => guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "b")));
        Assert.AreEqual(8, refusals.Count(r => r.Code == "command_failed"));
        Assert.AreEqual(32, refusals.Count(r => r.Code == "busy"));
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: 8 calls of parameter type weight of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
    }

    [TestMethod]
    public async Task SuggestionsOfAPluginAreLimited()
    {
        await using var daemon = await PluginDaemon.WithAsync("Blocker");
        var guests = await CrowdAsync(daemon);
        foreach (var guest in guests) await guest.SendAsync(new ClientFrame.Complete("/escolher ", null, "geral") { Id = "b" });
        foreach (var guest in guests) Assert.IsEmpty((await guest.ExpectAsync<DaemonFrame.Completions>(c => c.Id == "b")).Entries);
        Assert.ContainsSingle(
            l => l.Contains("Plugin code busy: 8 calls of suggestions for escolher of plugin blocker", StringComparison.Ordinal),
            daemon.Log.Lines);
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
