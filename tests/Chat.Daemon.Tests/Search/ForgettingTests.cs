using System.Text;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Search;

/// <summary>An erasure waits until the index has forgotten: neither too short, nor for ever.</summary>
[TestClass]
public sealed class ForgettingTests
{
    /// <summary>The first ids of messages in parts 1 to 4 of the index.</summary>
    private static readonly long[] Parts = [1 << 15, 2 << 15, 3 << 15, 4 << 15];

    [TestMethod]
    public async Task ItEndsWhileOthersKeepEditingAndLeavesNothing()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member);
        var editing = new List<Task>();
        using var enough = new CancellationTokenSource();
        foreach (var first in Parts)
        {
            await users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(
                connection, "UPDATE sqlite_sequence SET seq = $id WHERE name = 'messages'", ("$id", first)));
            var bia = await users.EnterAsync($"bia{first}", Role.Member);
            editing.Add(EditAsync(bia, (await bia.SayAsync("geral", "primeira")).Seq, enough.Token));
        }
        for (var i = 0; i < 20; i++)
        {
            var said = await ana.SayAsync("geral", $"o segredo{i}x é este");
            await users.Daemon.IndexAsync();
            await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(said.Seq, "nada", "geral"));
            await users.Daemon.IndexAsync();
            Assert.IsFalse(IsInIndex(users, $"segredo{i}x"), $"round {i}");
        }
        await enough.CancelAsync();
        await Task.WhenAll(editing);
    }

    [TestMethod]
    public async Task ItIsCancelledWhenTheDaemonStops()
    {
        await using var users = await TestUsers.StartAsync();
        var search = users.Daemon.Get<IMessageSearch>();
        await search.ForgetAsync(CancellationToken.None).WaitAsync(Wait.Limit);
        await users.Daemon.StopAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => search.ForgetAsync(CancellationToken.None).WaitAsync(Wait.Limit));
    }

    private static async Task EditAsync(TestClient user, long seq, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
            await user.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(seq, $"texto {i}", "geral"));
    }

    private static bool IsInIndex(TestUsers users, string word) =>
        Directory.GetFiles(Path.Combine(users.Daemon.Folder, "data"), $"{IndexFile.Name}*").Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes.AsSpan(0, read).IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
        });
}
