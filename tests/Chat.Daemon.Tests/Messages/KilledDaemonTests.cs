using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

[TestClass]
public sealed class KilledDaemonTests
{
    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    public async Task AKilledDaemonHasEveryMessageItEchoed(string durability)
    {
        await using var daemon = await ProcessDaemon.StartAsync(
            $"--Chat:History:Durability={durability}", "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:LoginsPerMinute=0");
        var writers = new ReconnectingWriter[] { new("ana"), new("bia"), new("caio") };
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(writers.Select(w => w.ReconnectAsync(daemon.Port)));
            var writing = writers.Select(w => w.WriteUntilClosedAsync()).ToList();
            await writers[round % 3].WaitForEchoesAsync(200);
            daemon.Kill();
            await Task.WhenAll(writing).WaitAsync(Wait.Limit);
            Assert.AreEqual(137, await daemon.ExitAsync());
            await daemon.StartAgainAsync();
        }
        foreach (var writer in writers) await writer.ReconnectAsync(daemon.Port);
        await using var reader = await TestClient.ConnectAsync(daemon.Port);
        await reader.LoginAsync("reader", "geral");
        var log = await ReadAllAsync(reader);

        CollectionAssert.AreEqual(Enumerable.Range(1, log.Count).ToArray(), log.Select(m => (int)m.Seq).ToArray());
        foreach (var writer in writers)
        {
            var sent = Enumerable.Range(1, writer.Sent).Select(i => $"{i}").ToArray();
            CollectionAssert.AreEqual(sent, log.Where(m => m.From == writer.Name).Select(m => m.Text).ToArray());
            foreach (var (text, seq) in writer.Echoed)
                Assert.AreEqual((writer.Name, text), (log[(int)seq - 1].From, log[(int)seq - 1].Text));
            await writer.DisposeAsync();
        }
    }

    /// <summary>Reads the whole history of the room geral; each page begins after the last one, so this ends with the history.</summary>
    private static async Task<List<DaemonFrame.Message>> ReadAllAsync(TestClient reader)
    {
        List<DaemonFrame.Message> log = [];
        while (true)
        {
            var page = await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: log.Count, Limit: 500));
            if (page.Messages.Count == 0) return log;
            log.AddRange(page.Messages);
        }
    }
}
