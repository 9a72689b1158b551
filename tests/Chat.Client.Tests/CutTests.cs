using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>Breaks a conversation once at every byte: no message is lost, duplicated or out of order on either side.</summary>
[TestClass]
public sealed class CutTests
{
    private const int Messages = 3;

    [TestMethod]
    public async Task ConversationIsCompleteWhereverTheConnectionBreaks()
    {
        // In memory: what is tested here is the client, and thousands of fsyncs would say nothing more of it.
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:ConnectionsPerAddress=0", "--Chat:Limits:LoginsPerMinute=0",
                "--Chat:Limits:RoomsPerAddress=0", "--Chat:History:Durability=none");
        await using var whole = new CuttingProxy(daemon.Port);
        await TalkAsync(whole, daemon.Port, "whole");
        var cuts = Offsets(whole.Up).Select(at => (Name: $"u{at}", Up: (long?)at, Down: (long?)null))
            .Concat(Offsets(whole.Down).Select(at => (Name: $"d{at}", Up: (long?)null, Down: (long?)at)));
        var (runs, done) = (0, 0);
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (cut, _) =>
        {
            await using var proxy = new CuttingProxy(daemon.Port, cut.Up, cut.Down);
            await TalkAsync(proxy, daemon.Port, cut.Name);
            Interlocked.Increment(ref runs);
            if (proxy.HasCut) Interlocked.Increment(ref done);
        });
        Assert.IsTrue(done > runs * 9 / 10, $"only {done} of {runs} conversations were cut"); // lengths differ a little from run to run
    }

    [TestMethod]
    public async Task NoMessageIsLostOrDuplicatedWhenTheDaemonIsKilled()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await Guest.LoginAsync(proxy.Port, "ana", "r");
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom);
        var said = new List<Task<Answer<DaemonFrame.Message>>>();
        for (var kill = 1; kill <= 3; kill++)
        {
            for (var i = 0; i < 200; i++) said.Add(ana.Client.SendAsync(Conversation.Room("r"), $"{said.Count + 1}"));
            await said[(kill * 200) - 150];
            await proxy.BreakAsync(); // the port that it frees may be another daemon's soon
            daemon.Kill();
            await daemon.ExitAsync();
            await daemon.StartAgainAsync();
            proxy.Target = daemon.Port;
        }
        var echoes = await Task.WhenAll(said).WaitAsync(TimeSpan.FromSeconds(60));
        CollectionAssert.AreEqual(echoes.Select(e => e.OrThrow().Text).ToArray(), echoes.Select(e => $"{e.Value!.Seq}").ToArray());
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 600 });
        CollectionAssert.AreEqual(echoes.Select(e => e.Value!.Seq).ToArray(), ana.Messages.Select(m => m.Message.Seq).ToArray());
    }

    private static IEnumerable<long> Offsets(long bytes) => Enumerable.Range(0, (int)bytes).Select(i => (long)i);

    private static async Task TalkAsync(CuttingProxy proxy, int port, string name)
    {
        await using var ana = await Guest.LoginAsync(proxy.Port, $"ana{name}", name);
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom);
        await using var bia = await Guest.LoginAsync(port, $"bia{name}", name);
        await bia.UntilAsync(e => e is ChatEvent.JoinedRoom);

        var said = await Task.WhenAll(SayAsync(ana, name), SayAsync(bia, name));
        var log = (await bia.Client.HistoryAsync(Conversation.Room(name))).OrThrow().Messages;
        var wanted = Enumerable.Range(1, 2 * Messages).Select(i => (long)i).ToArray();
        CollectionAssert.AreEqual(wanted, log.Select(m => m.Seq).ToArray(), $"the log, {name}");
        CollectionAssert.AreEquivalent(wanted, said.SelectMany(s => s).Select(m => m.Seq).ToArray(), $"the echoes, {name}");
        foreach (var echoes in said)
            CollectionAssert.AreEqual(Enumerable.Range(0, Messages).Select(i => $"{i}").ToArray(),
                echoes.OrderBy(m => m.Seq).Select(m => m.Text).ToArray(), name);
        foreach (var reader in new[] { ana, bia })
        {
            if (reader.Messages.LastOrDefault()?.Message.Seq != 2 * Messages)
                await reader.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 2 * Messages });
            CollectionAssert.AreEqual(wanted, reader.Messages.Select(m => m.Message.Seq).ToArray(), $"the events, {name}");
        }
    }

    private static async Task<DaemonFrame.Message[]> SayAsync(Guest guest, string room)
    {
        var sends = Enumerable.Range(0, Messages).Select(i => guest.Client.SendAsync(Conversation.Room(room), $"{i}")).ToArray();
        var answers = await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(20));
        return [.. answers.Select(a => a.OrThrow())];
    }
}
