using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Storage;

/// <summary>The daemon on a PostgreSQL server.</summary>
[TestClass]
public sealed class PostgresTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task MessagesAndChangesAreThereAfterARestart()
    {
        await using var daemon = await StartDaemonAsync();
        await using (var ana = await daemon.GuestAsync("ana", "geral"))
        {
            Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("olá", "geral") { Id = "1" })).Seq);
            Assert.AreEqual(2, (await ana.SayAsync("geral", "outra")).Seq);
            await ana.AskAsync<DaemonFrame>(new ClientFrame.Edit(1, "olá a todos", "geral"));
        }
        await daemon.RestartAsync();

        await using var bia = await daemon.GuestAsync("bia", "geral");
        var page = (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages;
        CollectionAssert.AreEqual(new[] { "olá a todos", "outra" }, page.Select(message => message.Text).ToArray());
        Assert.AreEqual(3, (await bia.SayAsync("geral", "mais uma")).Seq);
    }

    [TestMethod]
    public async Task AnAccountFindsMessagesByWordsWithoutAccents()
    {
        await using var daemon = await StartDaemonAsync();
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        await admin.SayAsync("geral", "Amanhã não há reunião");
        await admin.SayAsync("geral", "Hoje há d'água \\ e 'aspas'");

        var found = await admin.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("amanha reun*") { Room = "geral" });
        Assert.AreEqual("Amanhã não há reunião", found.Messages.Single().Text);
        found = await admin.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("d'agua") { Room = "geral" });
        Assert.AreEqual(2, found.Messages.Single().Seq);
        await admin.AskAsync<DaemonFrame>(new ClientFrame.Delete(1, "geral"));
        Assert.IsEmpty((await admin.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("amanha") { Room = "geral" })).Messages);
    }

    /// <summary>PostgreSQL has no U+0000. Where SQLite keeps it, the answer says so, and nobody else's write fails.</summary>
    [TestMethod]
    public async Task ATextWithU0000IsRefused()
    {
        await using var daemon = await StartDaemonAsync();
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        foreach (var text in (string[])["a\0b", "/topico a\0b", "/mute a\0b 1m", "/ban a\0b", "/a\0b"])
        {
            var frame = new ClientFrame.Message(text, "geral") { Id = $"{text.Length}{text[1]}" };
            var refused = await admin.AskAsync<DaemonFrame.Error>(frame);
            Assert.IsFalse(refused.Code is RefusalCode.Storage or RefusalCode.Unavailable, $"{refused}");
        }
        var values = daemon.Get<PluginValueStore>();
        Assert.IsInstanceOfType<ValueWrite.BadValue>(await values.SetAsync("one", "k", "a\0b", null, null));
        Assert.IsInstanceOfType<ValueWrite.Done>(await values.SetAsync("one", "k", "a", null, null));
        Assert.AreEqual(1, (await admin.SayAsync("geral", "vale")).Seq);
    }

    private static async Task<TestDaemon> StartDaemonAsync() =>
        await TestDaemon.StartAsync(("Chat:Database", await TestServer.NewSchemaAsync()));
}
