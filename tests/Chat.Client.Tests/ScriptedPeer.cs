using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.Client.Tests;

/// <summary>A peer that says and hears, line by line, what a test tells it: for what a sound daemon rarely does.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public ScriptedPeer() => listener.Start();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The next connection, greeted and logged in.</summary>
    public async Task<Peer> LoggedInAsync(string rooms = """["r"]""", string direct = "[]", string? token = null)
    {
        var peer = new Peer(await listener.AcceptTcpClientAsync().WaitAsync(Peer.Deadline));
        await peer.SayAsync("""{"type":"hello","server":"s","version":"0","protocol":1,"limits":{"frame":16384,"text":"""
            + """4000,"messages_per_second":0,"connections_per_address":0,"logins_per_minute":0},"more":"to come"}""");
        var login = await peer.HearAsync("login");
        Assert.AreEqual(token, login.TryGetProperty("token", out var given) ? given.GetString() : null);
        await peer.SayAsync($$"""{"type":"welcome","user":"ana","roles":[],"token":"t","rooms":{{rooms}},"direct":"""
            + $$"""{{direct}},"id":"{{login.GetProperty("id").GetString()}}"}""");
        return peer;
    }

    /// <summary>A connection with one room, and the client that made it.</summary>
    public async Task<(Guest Guest, Peer Peer)> MeetAsync(Func<ChatClientOptions, ChatClientOptions>? change = null)
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

/// <summary>The daemon's end of one connection.</summary>
internal sealed class Peer(TcpClient connection) : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly NetworkStream stream = connection.GetStream();
    private readonly StreamReader reader = new(connection.GetStream());

    public async Task SayAsync(string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Returns when the socket is full, and stays so: a write waits for the other side to read.</summary>
    public Task FullAsync() => Task.Run(() =>
    {
        while (connection.Client.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite)) Thread.Yield();
    });

    /// <summary>The next frame, which must be of that type.</summary>
    public async Task<JsonElement> HearAsync(string type)
    {
        var line = await reader.ReadLineAsync().WaitAsync(Deadline)
            ?? throw new AssertFailedException($"the client left instead of sending {type}");
        var frame = JsonDocument.Parse(line).RootElement;
        Assert.AreEqual(type, frame.GetProperty("type").GetString(), line);
        return frame;
    }

    public async Task<string> HearMessageAsync(string text)
    {
        var message = await HearAsync("message");
        Assert.AreEqual(text, message.GetProperty("text").GetString());
        return message.GetProperty("id").GetString()!;
    }

    public Task JoinedAsync(long seq, string messages = "[]", bool more = false, string? id = null) =>
        SayAsync($$"""{"type":"joined","room":"r","seq":{{seq}},"first":1,"messages":{{messages}},"more":"""
            + $$"""{{(more ? "true" : "false")}}{{IdField(id)}}}""");

    public Task MessageAsync(long seq, string? id = null) => SayAsync(Message(seq, id));

    public static string Message(long seq, string? id = null)
    {
        var (from, at) = (id is null ? "bia" : "ana", $"2026-01-01T00:00:00.{seq % 1000:000}Z");
        return $$"""{"type":"message","seq":{{seq}},"from":"{{from}}","text":"{{seq}}","at":"{{at}}","room":"r"{{IdField(id)}}}""";
    }

    public static string Direct(long seq, string at) =>
        $$"""{"type":"message","seq":{{seq}},"from":"bob","text":"{{at}}","at":"2026-01-01T00:00:{{at}}Z","to":"ana"}""";

    public Task RefuseAsync(string code, string id, int? retryAfter = null)
    {
        var wait = retryAfter is null ? "" : $",\"retry_after\":{retryAfter}";
        return SayAsync($$"""{"type":"error","code":"{{code}}","text":"no","id":"{{id}}"{{wait}}}""");
    }

    public async Task<JsonElement> AnswerHistoryAsync(long from, long to, bool more)
    {
        var asked = await HearAsync("history");
        var messages = string.Join(',', Enumerable.Range((int)from, (int)(to - from + 1)).Select(i => Message(i)));
        await SayAsync($$"""{"type":"history","room":"r","messages":[{{messages}}],"more":"""
            + $$"""{{(more ? "true" : "false")}},"id":"{{asked.GetProperty("id").GetString()}}"}""");
        return asked;
    }

    /// <summary>Breaks the connection off.</summary>
    public void Dispose() => connection.Dispose();

    private static string IdField(string? id) => id is null ? "" : $",\"id\":\"{id}\"";
}
