using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.Client.Tests;

/// <summary>The daemon's end of one connection.</summary>
internal sealed class ScriptedConnection(TcpClient connection) : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly NetworkStream stream = connection.GetStream();
    private readonly StreamReader reader = new(connection.GetStream());

    public async Task SayAsync(string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Returns when the socket is full and a write has to wait for the reader.</summary>
    public Task FullAsync() => Task.Run(() =>
    {
        while (connection.Client.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite)) Thread.Yield();
    });

    /// <summary>Reads the next frame, which must have that type.</summary>
    public async Task<JsonElement> HearAsync(string type)
    {
        var frame = await HearAnyAsync() ?? throw new AssertFailedException($"the client left instead of sending {type}");
        Assert.AreEqual(type, frame.GetProperty("type").GetString(), frame.ToString());
        return frame;
    }

    /// <summary>The next frame, or null once the client has left.</summary>
    public async Task<JsonElement?> HearAnyAsync() =>
        await reader.ReadLineAsync().WaitAsync(Deadline) is { } line ? JsonDocument.Parse(line).RootElement : null;

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

    /// <summary>Returns when the client has taken up everything said so far. Fails if it has sent a message.</summary>
    public async Task SettleAsync(Guest guest)
    {
        var asking = guest.Client.MembersAsync("r");
        var asked = await HearAsync("members");
        await SayAsync($$"""{"type":"members","room":"r","members":[],"more":false{{IdField(asked.GetProperty("id").GetString())}}}""");
        await asking.WaitAsync(Deadline);
    }

    /// <param name="behind">A line that comes with it.</param>
    public Task AnswerAsync(JsonElement asked, string type, string fields, string? behind = null) => SayAsync(
        $"{{\"type\":\"{type}\",{fields}{IdField(asked.GetProperty("id").GetString())}}}{(behind is null ? "" : $"\n{behind}")}");

    public async Task<JsonElement> AnswerHistoryAsync(long from, long to, bool more)
    {
        var asked = await HearAsync("history");
        var messages = string.Join(',', Enumerable.Range((int)from, (int)(to - from + 1)).Select(i => Message(i)));
        await SayAsync($$"""{"type":"history","room":"r","messages":[{{messages}}],"more":"""
            + $$"""{{(more ? "true" : "false")}},"id":"{{asked.GetProperty("id").GetString()}}"}""");
        return asked;
    }

    /// <summary>Breaks the connection.</summary>
    public void Dispose() => connection.Dispose();

    /// <summary>A change of rev 1 to message 1.</summary>
    public static string Edit(string text, string place = "\"room\":\"r\"") =>
        $$"""{"type":"change","seq":1,"kind":"edit","from":"bia","at":"2026-01-01T00:00:00Z","rev":1,"text":"{{text}}",{{place}}}""";

    private static string IdField(string? id) => id is null ? "" : $",\"id\":\"{id}\"";
}
