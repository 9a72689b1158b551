using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

[TestClass]
public sealed class BotTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(1, "EchoBot.cs")]
    [DataRow(2, "BridgeBot.cs")]
    public void DocumentContainsThisCode(int place, string file)
    {
        var shown = Text("bots.md").Split("```csharp\n")[place].Split("```")[0];
        Assert.AreEqual(Text(file), shown);
    }

    [TestMethod]
    public async Task BotFromTheDocumentAnswers()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        using var stop = new CancellationTokenSource();
        var bot = EchoBot.RunAsync("127.0.0.1", daemon.Port, stop.Token);
        await using var ana = await Guest.LoginAsync(daemon.Port, "ana", "geral");
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom);
        while (!(await ana.Client.MembersAsync("geral")).OrThrow().Entries.Any(m => m.User == "eco")) await Task.Yield();
        (await ana.Client.SendAsync(Conversation.Room("geral"), "eco olá")).OrThrow();
        var said = await ana.UntilAsync(e => e is ChatEvent.MessageArrived { IsOwn: false });
        Assert.AreEqual("olá", ((ChatEvent.MessageArrived)said).Message.Text);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => bot);
    }

    /// <summary>Also what is said while the bridge is away, and while the other daemon has crashed.</summary>
    [TestMethod]
    public async Task TheBridgeFromTheDocumentCarriesEachMessageOnce()
    {
        await using var near = await ProcessDaemon.StartAsync();
        await using var far = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(far.Port); // the daemon takes another port when it starts again
        var one = await EndAsync(near, near.Port, "geral");
        var other = await EndAsync(far, proxy.Port, "oficina");
        await using var ana = await Guest.LoginAsync(near.Port, "ana", "geral");
        await using var bia = await Guest.LoginAsync(proxy.Port, "bia", "oficina");
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken))
        {
            var bridge = BridgeBot.RunAsync(one, other, stop.Token);
            while (!File.Exists(one.PositionFile) || !File.Exists(other.PositionFile)) await Task.Delay(20, TestContext.CancellationToken);
            await SayAsync(ana, "geral", "oi");
            await HearAsync(bia, "ana: oi");
            await SayAsync(bia, "oficina", new string('é', ProtocolLimits.TextScalars));
            await HearAsync(ana, new string('é', ProtocolLimits.TextScalars));
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => bridge);
        }
        await SayAsync(ana, "geral", "ninguém ouve");
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken))
        {
            var bridge = BridgeBot.RunAsync(one, other, stop.Token);
            await HearAsync(bia, "ana: ninguém ouve");
            await proxy.BreakAsync();
            far.Kill();
            await far.ExitAsync();
            await SayAsync(ana, "geral", "e agora?");
            await far.StartAgainAsync();
            proxy.Target = far.Port;
            await HearAsync(bia, "ana: e agora?");
            await SayAsync(bia, "oficina", "agora sim");
            await HearAsync(ana, "bia: agora sim");
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => bridge);
        }
        Assert.AreEqual(
            "ana: oi|ana: ninguém ouve|ana: e agora?",
            string.Join('|', bia.Messages.Where(heard => !heard.IsOwn).Select(heard => heard.Message.Text)));
    }

    private static async Task<BridgeEnd> EndAsync(ProcessDaemon daemon, int port, string room)
    {
        const string Password = "uma senha da ponte";
        await using var client = new ChatClient(Guest.Options(daemon.Port));
        (await client.RegisterAsync("ponte", Password)).OrThrow();
        var file = Path.Combine(daemon.Folder, "position");
        return new BridgeEnd("127.0.0.1", port, "ponte", Password, Conversation.Room(room), file);
    }

    private static async Task SayAsync(Guest guest, string room, string text) =>
        (await guest.Client.SendAsync(Conversation.Room(room), text)).OrThrow();

    private static Task<ChatEvent> HearAsync(Guest guest, string text) =>
        guest.UntilAsync(e => e is ChatEvent.MessageArrived { IsOwn: false } heard && heard.Message.Text == text);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(BotTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
