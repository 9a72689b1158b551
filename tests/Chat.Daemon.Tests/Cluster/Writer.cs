using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>
/// Writes all the time, and sends again on the next node what has no echo. Then it compares the log with what it was told.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const string Room = "geral";

    private const int InFlight = 20;

    private readonly string token;
    private readonly Dictionary<string, long> echoed = []; // by id
    private TestClient client;
    private Task writing;
    private int sent;

    private Writer(TestClient client, string token)
    {
        (this.client, this.token) = (client, token);
        writing = WriteAsync();
    }

    /// <summary>Has written something when it returns.</summary>
    public static async Task<Writer> StartAsync(TestNode node)
    {
        var client = await node.ConnectAsync("ana");
        var welcome = await client.LoginAsync("ana", Room);
        var writer = new Writer(client, welcome.Token!);
        await writer.HasWrittenAsync(200);
        return writer;
    }

    /// <summary>Goes on there after the connection was lost, and fails if anything echoed is lost, doubled or moved.</summary>
    public async Task ResumeAsync(TestNode node)
    {
        if (!client.Closed.IsCompleted) client.Abort();
        await writing;
        await client.DisposeAsync();
        client = await node.ConnectAsync("ana");
        await client.LoginAsync(new ClientFrame.Login(Token: token, Rooms: [Room]));
        for (var id = 1; id <= sent; id++)
            if (!echoed.ContainsKey($"{id}")) await SendAsync(id);
        var before = echoed.Count;
        writing = WriteAsync();
        await HasWrittenAsync(before + 200);
        await CompareAsync(node);
    }

    public async ValueTask DisposeAsync()
    {
        if (!client.Closed.IsCompleted) client.Abort();
        await writing;
        await client.DisposeAsync();
    }

    private Task SendAsync(int id) => client.SendAsync(new ClientFrame.Message($"text {id}", Room) { Id = $"{id}" });

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                for (var i = Missing(); i < InFlight; i++) await SendAsync(++sent);
                var answer = await client.NextAsync();
                if (answer.Frame is not DaemonFrame.Message { Id: { } id } echo) continue;
                lock (echoed) echoed.Add(id, echo.Seq);
            }
        }
        catch (Exception e) when (e is ExpectationException or IOException or ObjectDisposedException)
        {
            // The node is gone, or the test is done with it.
        }
    }

    private int Missing()
    {
        lock (echoed) return sent - echoed.Count;
    }

    private Task HasWrittenAsync(int count) => Wait.UntilAsync(
        () =>
        {
            lock (echoed) return echoed.Count >= count;
        },
        () => Task.Delay(10));

    /// <summary>Reads the whole log as another user.</summary>
    private async Task CompareAsync(TestNode node)
    {
        Dictionary<string, long> told;
        lock (echoed) told = new(echoed);
        await using var reader = await node.GuestAsync($"leitor{sent}");
        var log = new List<DaemonFrame.Message>();
        DaemonFrame.History page;
        do
        {
            page = await reader.AskAsync<DaemonFrame.History>(
                new ClientFrame.History(Room, Before: log.Count == 0 ? null : log[0].Seq, Limit: 500));
            log.InsertRange(0, page.Messages);
        }
        while (page.More);

        CollectionAssert.AreEqual(Enumerable.Range(1, log.Count).Select(seq => (long)seq).ToArray(), log.Select(m => m.Seq).ToArray());
        var texts = log.Select(m => m.Text).Where(text => text.StartsWith("text ", StringComparison.Ordinal)).ToArray();
        CollectionAssert.AllItemsAreUnique(texts);
        foreach (var (id, seq) in told) Assert.AreEqual($"text {id}", log[(int)seq - 1].Text, "echoed, and lost or moved");
    }
}
