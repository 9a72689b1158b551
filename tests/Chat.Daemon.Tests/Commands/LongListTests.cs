using Chat.Daemon.Storage.Log;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Lists that do not fit into a frame are cut, and say so.</summary>
[TestClass]
public sealed class LongListTests
{
    [TestMethod]
    public async Task ALongListOfRoomsIsCut()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", lang: "en");
        var store = users.Daemon.Get<ConversationStore>();
        var names = Enumerable.Range(0, 700).Select(i =>
            RoomName.TryParse($"sala-{i:d3}-de-nome-bem-comprido", out var name) ? name : throw new InvalidOperationException());
        await Task.WhenAll(names.Select(name => store.CreateRoomAsync(name, "g1")));
        var answer = await ana.ReplyAsync("/rooms");
        var shown = answer.Data!.Value.GetArrayLength();
        Assert.IsInRange(300, 700, shown);
        Assert.AreEqual("geral", answer.Data.Value[0].GetProperty("room").GetString());
        Assert.EndsWith($"\n… and {701 - shown} more.", answer.Text);
        Assert.HasCount(shown + 1, answer.Text.Split('\n'));
    }

    [TestMethod]
    public async Task ALongListOfUsersIsCut()
    {
        const int Guests = 300;
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", lang: "en");
        var names = Enumerable.Range(0, Guests).Select(i => $"{i:d3}-пользователь-с-длинным-име"[..30].TrimEnd('-'));
        await Task.WhenAll(names.Select(name => users.EnterAsync(name)));
        var answer = await ana.ReplyAsync("/who");
        var shown = answer.Data!.Value.GetArrayLength();
        Assert.IsInRange(100, Guests, shown);
        Assert.StartsWith($"In the room geral ({Guests + 1}): ", answer.Text);
        Assert.EndsWith($", … and {Guests + 1 - shown} more.", answer.Text);
    }
}
