using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>One conversation, cut off once at each byte: nothing lost, doubled or disordered, for either of the two who talk.</summary>
[TestClass]
public sealed class CutTests
{
    private const int Messages = 3;

    [TestMethod]
    public async Task TheConversationIsWholeWhereverItIsCut()
    {
        // In memory: what is tested here is the client, and thousands of fsyncs would say nothing more of it.
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:ConnectionsPerAddress=0", "--Chat:Limits:LoginsPerMinute=0", "--Chat:History:Durability=none");
        var (up, down) = await TalkAsync(daemon.Port, "whole", null, null);
        var cuts = Offsets(up).Select(at => (Name: $"u{at}", Up: (long?)at, Down: (long?)null))
            .Concat(Offsets(down).Select(at => (Name: $"d{at}", Up: (long?)null, Down: (long?)at)));
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (cut, _) => await TalkAsync(daemon.Port, cut.Name, cut.Up, cut.Down));
    }

    private static IEnumerable<long> Offsets(long bytes) => Enumerable.Range(0, (int)bytes).Select(i => (long)i);

    private static async Task<(long Up, long Down)> TalkAsync(int port, string name, long? up, long? down)
    {
        await using var proxy = new CuttingProxy(port, up, down);
        await using var ana = await Guest.LoginAsync(proxy.Port, $"ana{name}", name);
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom);
        await using var bia = await Guest.LoginAsync(port, $"bia{name}", name);
        await bia.UntilAsync(e => e is ChatEvent.JoinedRoom);

        var said = await Task.WhenAll(SayAsync(ana, name), SayAsync(bia, name));
        var log = (await bia.Client.HistoryAsync(Conversation.Room(name))).OrThrow().Messages;
        var wanted = Enumerable.Range(1, 2 * Messages).Select(i => (long)i).ToArray();
        CollectionAssert.AreEqual(wanted, log.Select(m => m.Seq).ToArray(), $"the log, {name}");
        CollectionAssert.AreEquivalent(wanted, said.SelectMany(s => s).Select(m => m.Seq).ToArray(), $"the echoes, {name}");
        foreach (var echoes in said) CollectionAssert.AreEqual(Enumerable.Range(0, Messages).Select(i => $"{i}").ToArray(), echoes.OrderBy(m => m.Seq).Select(m => m.Text).ToArray(), name);
        foreach (var reader in new[] { ana, bia })
        {
            if (reader.Messages.LastOrDefault()?.Message.Seq != 2 * Messages) await reader.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 2 * Messages });
            CollectionAssert.AreEqual(wanted, reader.Messages.Select(m => m.Message.Seq).ToArray(), $"the events, {name}");
        }
        return (proxy.Up, proxy.Down);
    }

    private static async Task<DaemonFrame.Message[]> SayAsync(Guest guest, string room)
    {
        var sends = Enumerable.Range(0, Messages).Select(i => guest.Client.SendAsync(Conversation.Room(room), $"{i}")).ToArray();
        var answers = await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(20));
        return [.. answers.Select(a => a.OrThrow())];
    }
}
