using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

[TestClass]
public sealed class FoundPagesTests
{
    /// <summary>A room that is held for nobody would stay in memory, and could never be removed.</summary>
    [TestMethod]
    public async Task APageThatFailsHoldsNoRoom()
    {
        var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        var (ana, bia) = (await users.EnterAsync("ana", Role.Member, room: "jogos"), await users.EnterAsync("bia", room: "jogos"));
        await bia.SayAsync("jogos", "@ana, vem");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("@ana, vem logo", To: "ana"));
        await ana.DisposeAsync();
        await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("jogos"));
        var (writer, rooms) = (users.Daemon.Get<SqliteWriter>(), users.Daemon.Get<ConversationRegistry>());
        var room = new ConversationId(await writer.WriteAsync(
            connection => Sql.Number(connection, "SELECT id FROM conversations WHERE name = 'jogos'")));
        var phone = await users.ConnectAsync("phone");
        await phone.LoginAsync(new ClientFrame.Login("ana", TestUsers.Password, Rooms: []));
        await writer.WriteAsync(connection => Sql.Execute(
            connection, "UPDATE conversations SET first_name = NULL, second_name = NULL WHERE kind = 'direct'"));

        await phone.AskAsync<DaemonFrame.Error>(new ClientFrame.Mentions());
        await Wait.UntilAsync(() => rooms.TryRemoveIdle(room), () => Task.Delay(20));
    }
}
