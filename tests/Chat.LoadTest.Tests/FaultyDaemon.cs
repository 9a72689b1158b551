using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.LoadTest.Tests;

/// <summary>
/// A small server that speaks enough of the protocol to be tested, and makes known mistakes: towards user 1 of the run only,
/// but for a stall, which holds up everybody.
/// </summary>
internal sealed class FaultyDaemon : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource quit = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Member> members = [];
    private readonly Faults faults;
    private readonly Task accepting;
    private int seq;
    private (int Seq, string Line)? held;

    public FaultyDaemon(Faults faults)
    {
        this.faults = faults;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await quit.CancelAsync();
        listener.Stop();
        await accepting;
        quit.Dispose();
        turn.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true) sessions.Add(ServeAsync(await listener.AcceptTcpClientAsync(quit.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var socket = client;
        socket.NoDelay = true;
        var me = new Member(socket.GetStream());
        using var lines = new StreamReader(socket.GetStream(), leaveOpen: true);
        try
        {
            await me.WriteAsync("""{"type":"hello","server":"faulty","version":"1","protocol":1,"features":[],"limits":{"frame":16384"""
                + ""","text":4000,"messages_per_second":0,"connections_per_address":0,"logins_per_minute":0}}""");
            while (await lines.ReadLineAsync(quit.Token) is { } line)
                if (!await TakeAsync(me, JsonDocument.Parse(line).RootElement)) break;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side has gone, or the test has ended.
        }
        await turn.WaitAsync(CancellationToken.None);
        members.Remove(me);
        turn.Release();
    }

    /// <summary>False ends the session.</summary>
    private async Task<bool> TakeAsync(Member me, JsonElement frame)
    {
        await turn.WaitAsync(quit.Token);
        try
        {
            switch (frame.GetProperty("type").GetString())
            {
                case "login":
                    me.Name = frame.GetProperty("user").GetString()!;
                    members.Add(me);
                    await me.WriteAsync($$"""{"type":"welcome","user":"{{me.Name}}","roles":[],"token":"t","rooms":[],"direct":[]}""");
                    await me.WriteAsync($$"""{"type":"joined","room":"r","seq":{{seq}},"first":1,"messages":[],"more":false}""");
                    return true;
                case "message":
                    await TellAllAsync(me, frame.GetProperty("text").GetString()!, frame.GetProperty("id").GetString()!);
                    return true;
                case "logout":
                    await me.WriteAsync("""{"type":"bye","reason":"logout"}""");
                    return false;
                default:
                    return true;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task TellAllAsync(Member sender, string text, string id)
    {
        seq++;
        if (seq == faults.StallAt) await Task.Delay(faults.Stall, quit.Token);
        foreach (var member in members)
        {
            var number = member.IsFirst && seq == faults.Lie ? seq + 1 : seq;
            var echo = member == sender ? $$""","id":"{{id}}" """.TrimEnd() : "";
            var line = $$"""{"type":"message","seq":{{number}},"from":"{{sender.Name}}","text":"{{text}}" """.TrimEnd()
                + $$""","at":"2026-01-01T00:00:00.000Z","room":"r"{{echo}}}""";
            if (member.IsFirst) await TellFirstAsync(member, line);
            else await member.WriteAsync(line);
        }
    }

    private async Task TellFirstAsync(Member first, string line)
    {
        if (seq == faults.Drop) return;
        if (seq == faults.Swap)
        {
            held = (seq, line);
            return;
        }
        await first.WriteAsync(line);
        if (seq == faults.Double) await first.WriteAsync(line);
        if (held is not { } late) return;
        held = null;
        await first.WriteAsync(late.Line);
    }

    /// <summary>Numbers of the messages with a fault; 0 for none.</summary>
    internal sealed record Faults(int Drop = 0, int Double = 0, int Swap = 0, int Lie = 0, int StallAt = 0, TimeSpan Stall = default);

    private sealed class Member(Stream output)
    {
        public string Name { get; set; } = "";

        /// <summary>User 1 never sends in these tests, so what it gets are deliveries.</summary>
        public bool IsFirst => Name.EndsWith("-1", StringComparison.Ordinal);

        public ValueTask WriteAsync(string line) => output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
