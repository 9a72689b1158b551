using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.Client.Tests;

/// <summary>A daemon that a test scripts line by line, for behaviour that is rare in the real one.</summary>
internal sealed class ScriptedDaemon : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public ScriptedDaemon() => listener.Start();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Accepts a connection, greets it and accepts its login.</summary>
    public async Task<ScriptedConnection> LoggedInAsync(string rooms = """["r"]""", string direct = "[]", string? token = null,
        string? unread = null)
    {
        var peer = new ScriptedConnection(await listener.AcceptTcpClientAsync().WaitAsync(ScriptedConnection.Deadline));
        await peer.SayAsync("""{"type":"hello","server":"s","version":"0","protocol":1,"limits":{"frame":16384,"text":"""
            + """4000,"messages_per_second":0,"connections_per_address":0,"logins_per_minute":0},"more":"to come"}""");
        var login = await peer.HearAsync("login");
        Assert.AreEqual(token, login.TryGetProperty("token", out var given) ? given.GetString() : null);
        await peer.SayAsync($$"""{"type":"welcome","user":"ana","roles":[],"token":"t","rooms":{{rooms}},"direct":"""
            + $$"""{{direct}},"id":"{{login.GetProperty("id").GetString()}}"{{(unread is null ? "" : $",\"unread\":{unread}")}}}""");
        return peer;
    }

    /// <summary>A client in one room, and the daemon's end of its connection.</summary>
    public async Task<(Guest Guest, ScriptedConnection ScriptedConnection)> MeetAsync(Func<ChatClientOptions,
        ChatClientOptions>? change = null)
    {
        var options = Guest.Options(Port);
        var login = Guest.LoginAsync(change?.Invoke(options) ?? options, "ana", "r");
        var peer = await LoggedInAsync();
        await peer.JoinedAsync(0);
        var guest = await login;
        await guest.UntilAsync(e => e is ChatEvent.JoinedRoom);
        return (guest, peer);
    }

    public void Dispose() => listener.Dispose();
}
