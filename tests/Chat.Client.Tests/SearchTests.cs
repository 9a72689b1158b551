using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>Searches, page by page.</summary>
[TestClass]
public sealed class SearchTests
{
    private static readonly Conversation Room = Conversation.Room("r");

    [TestMethod]
    [Timeout(60_000)]
    public async Task PagesFollowEachOther()
    {
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Limits:MessagesPerSecond=0", "--Chat:History:Durability=none", "--Chat:Roles:guest:0=message.search");
        await using var ana = await Guest.LoginAsync(daemon.Port, "ana", "r");
        for (var i = 1; i <= 5; i++) (await ana.Client.SendAsync(Room, $"Café {i}")).OrThrow();

        while ((await ana.Client.SearchAsync("5")).OrThrow().Messages.Count == 0)
        {
            // a new text is found within a second
        }
        var first = (await ana.Client.SearchAsync("cafe", limit: 3)).OrThrow();
        CollectionAssert.AreEqual((string[])["Café 5", "Café 4", "Café 3"], first.Messages.Select(message => message.Text).ToArray());
        var second = (await ana.Client.SearchAsync("cafe", before: first.Before, limit: 3)).OrThrow();
        CollectionAssert.AreEqual((string[])["Café 2", "Café 1"], second.Messages.Select(message => message.Text).ToArray());
        Assert.AreEqual((true, false), (first.More, second.More));
        Assert.HasCount(1, (await ana.Client.SearchAsync("caf* 4", Room, from: "ana")).OrThrow().Messages);
        Assert.AreEqual(RefusalCode.BadArguments, (await ana.Client.SearchAsync("…")).Refusal?.Code);
        Assert.AreEqual(RefusalCode.NotInRoom, (await ana.Client.SearchAsync("cafe", Conversation.Room("x"))).Refusal?.Code);
    }
}
