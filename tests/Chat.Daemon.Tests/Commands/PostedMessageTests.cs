using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Messages that a command sends in its caller's name, where they come to nothing.</summary>
[TestClass]
public sealed class PostedMessageTests
{
    [TestMethod]
    public async Task AMessageThatStorageRefusesIsNotReportedAsSent()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Clumsy");
        await using (users)
        {
            var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia"));
            await users.EnterAsync("caio");
            await ana.ReplyAsync("/msg bia antes");
            await FillAsync(users, ana);
            await ana.SettleAsync();
            Assert.IsFalse(ana.Waiting.Any(w => w.Frame is DaemonFrame.Error));

            Assert.AreEqual(("storage", "geral"), await ana.RefusalAsync("/dizer oi") is var error ? (error.Code, error.Room) : default);
            Assert.AreEqual("storage", await ana.TypeAsync("/msg bia oi"));
            Assert.AreEqual("storage", await ana.TypeAsync("/msg caio oi"), "Nor can the conversation be begun.");
            await ana.SettleAsync();
            Assert.IsFalse(ana.Waiting.Any(w => w.Frame is DaemonFrame.Error));

            await PagesAsync(users, "1000000");
            await ana.ReplyAsync("/dizer depois");
            Assert.AreEqual("depois", (await bia.ExpectAsync<DaemonFrame.Message>(m => m.Via == "dizer")).Text);
            Assert.AreEqual("Mensagem enviada a bia.", await ana.TypeAsync("/msg bia depois"));
            Assert.AreEqual("depois", (await bia.ExpectAsync<DaemonFrame.Message>(m => m.To == "bia")).Text);
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task APostToAnOfflineGuestIsRefused()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Clumsy");
        await using (users)
        {
            var (ana, gil) = (await users.EnterAsync("ana"), await users.EnterAsync("gil"));
            Assert.IsInstanceOfType<DaemonFrame.Reply>(await ana.AskAsync<DaemonFrame>(new ClientFrame.Message("/dizer oi", To: "gil")));
            gil.Abort();
            while ((await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries.Count > 1) await ana.SettleAsync();
            foreach (var line in (string[])["oi", "/dizer oi", "/dizer --baixo oi"])
            {
                var answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(line, To: "gil"));
                var code = answer is DaemonFrame.Error error ? error.Code : "ok";
                Assert.AreEqual("no_such_user", code, line);
            }
        }
        folder.Delete(recursive: true);
    }

    /// <summary>Writes until not even a letter finds room.</summary>
    private static async Task FillAsync(TestUsers users, TestClient writer)
    {
        await PagesAsync(users, "1");
        foreach (var length in (int[])[4000, 400, 40, 1])
            while (await writer.AskAsync<DaemonFrame>(new ClientFrame.Message(new string('a', length), "geral")) is DaemonFrame.Message)
                continue;
    }

    private static Task<long> PagesAsync(TestUsers users, string most) =>
        users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, $"PRAGMA max_page_count = {most}"));
}
