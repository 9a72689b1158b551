using Chat.TestKit;

namespace Chat.Client.Tests;

[TestClass]
public sealed class BotTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void DocumentContainsThisCode()
    {
        var shown = Text("bots.md").Split("```csharp\n")[1].Split("```")[0];
        Assert.AreEqual(Text("EchoBot.cs"), shown);
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

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(BotTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
