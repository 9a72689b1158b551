using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>Writes numbers as fast as it can. After a lost connection it resends what was not echoed, as the protocol asks.</summary>
internal sealed class ReconnectingWriter(string name) : IAsyncDisposable
{
    private TestClient? client;
    private string? token;

    public string Name => name;

    /// <summary>The last number sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The sequence number of each echoed text.</summary>
    public Dictionary<string, long> Echoed { get; } = [];

    /// <summary>Logs in by the token, if there is one, and resends.</summary>
    public async Task ReconnectAsync(int port)
    {
        if (client is not null) await client.DisposeAsync();
        client = await TestClient.ConnectAsync(port, name);
        token = (await client.LoginAsync(new ClientFrame.Login(token is null ? name : null, Token: token, Rooms: ["geral"]))).Token;
        for (var i = 1; i <= Sent; i++)
        {
            if (Echoed.ContainsKey($"{i}")) continue;
            var echo = await client.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{i}", "geral") { Id = $"{i}" });
            Echoed[$"{i}"] = echo.Seq;
        }
    }

    /// <summary>Writes until the connection is closed, then records every echo that arrived.</summary>
    public async Task WriteUntilClosedAsync()
    {
        try
        {
            await Wait.UntilAsync(() => client!.Closed.IsCompleted, WriteSomeAsync);
        }
        catch (Exception e) when (e is IOException or ExpectationException)
        {
            await client!.ExpectClosedAsync(); // the daemon was killed in the middle of a frame
        }
        foreach (var echo in Echoes) Echoed[echo.Id!] = echo.Seq;
    }

    /// <summary>Waits for a number of echoes on the current connection, or for its end.</summary>
    public Task WaitForEchoesAsync(int count) =>
        Wait.UntilAsync(() => Echoes.Count() >= count || client!.Closed.IsCompleted, () => client!.SettleAsync());

    public ValueTask DisposeAsync() => client!.DisposeAsync();

    private IEnumerable<DaemonFrame.Message> Echoes =>
        client!.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Message>().Where(m => m.Id is not null);

    private async Task WriteSomeAsync()
    {
        for (var i = 0; i < 50; i++)
        {
            await client!.SendAsync(new ClientFrame.Message($"{Sent + 1}", "geral") { Id = $"{Sent + 1}" });
            Sent++;
        }
        await client!.SettleAsync();
    }
}
