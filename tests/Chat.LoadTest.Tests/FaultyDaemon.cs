using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.LoadTest.Tests;

/// <summary>
/// A small server that speaks enough of the protocol to be tested, and makes known mistakes: towards user 1 of the run only, but for a
/// stall, which holds up everybody.
/// </summary>
internal sealed class FaultyDaemon : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource quit = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Member> members = [];
    private readonly FaultyRoom room = new();
    private readonly Faults faults;
    private readonly Task accepting;
    private readonly List<Task> delayed = [];
    private string? held, heldChange;
    private bool hasLied;

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
        await Task.WhenAll(delayed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        // Long enough for the others to write meanwhile.
        if (frame.TryGetProperty("token", out _)) await Task.Delay(100, quit.Token);
        await turn.WaitAsync(quit.Token);
        try
        {
            if (me.IsOver) return false;
            switch (frame.GetProperty("type").GetString())
            {
                case "login": await LoginAsync(me, frame); break;
                case "join": await JoinAsync(me, frame); break;
                case "message": await TellAllAsync(me, frame); break;
                case "edit" or "react": await ChangeAsync(me, frame); break;
                case "history": await me.WriteAsync(room.Page(frame, faults.Hole)); break;
                case "search": await me.WriteAsync($$"""{"type":"found","messages":[],"more":false{{IdOf(frame)}}}"""); break;
                case "logout":
                    await me.WriteAsync("""{"type":"bye","reason":"logout"}""");
                    return false;
            }
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The token is the name.</summary>
    private async Task LoginAsync(Member me, JsonElement frame)
    {
        var isBack = frame.TryGetProperty("token", out var token);
        me.Name = (isBack ? token : frame.GetProperty("user")).GetString()!;
        await me.WriteAsync($$"""{"type":"welcome","user":"{{me.Name}}","roles":[],"token":"{{me.Name}}","rooms":[],"direct":[]}""");
        foreach (var member in members.Where(member => isBack && member.Name == me.Name)) member.IsOver = true;
        if (isBack) return;
        members.Add(me);
        await me.WriteAsync(room.Joined());
    }

    private async Task JoinAsync(Member me, JsonElement frame)
    {
        members.RemoveAll(member => member.Name == me.Name);
        members.Add(me);
        var (after, rev) = (frame.GetProperty("after").GetInt64(), frame.GetProperty("rev").GetInt64());
        await me.WriteAsync(room.Joined(after, rev, me.IsFirst && faults.Forgets ? me.Name : null, me.IsFirst && faults.ForgetsChanges));
    }

    private async Task TellAllAsync(Member sender, JsonElement frame)
    {
        var (entry, isNew) = room.Add(sender.Name, frame);
        var id = IdOf(frame);
        if (!isNew)
        {
            await sender.WriteAsync(entry.Line(entry.Seq, id));
            return;
        }
        if (entry.Seq == faults.StallAt) await Task.Delay(faults.Stall, quit.Token);
        foreach (var member in members.ToList())
        {
            var number = member.IsFirst && entry.Seq == faults.Lie ? entry.Seq + 1 : entry.Seq;
            var line = entry.Line(number, member.Name == sender.Name ? id : "");
            if (member.IsFirst) await TellFirstAsync(member, entry.Seq, line);
            else await member.WriteAsync(line);
        }
    }

    private async Task TellFirstAsync(Member first, int seq, string line)
    {
        if (faults.Drop.Contains(seq)) return;
        if (faults.Delay.Contains(seq))
        {
            delayed.Add(DelayAsync(first, line));
            return;
        }
        if (faults.Swap.Contains(seq))
        {
            held = line;
            return;
        }
        await first.WriteAsync(line);
        if (faults.Double.Contains(seq)) await first.WriteAsync(line);
        if (held is not { } late) return;
        held = null;
        await first.WriteAsync(late);
    }

    private async Task DelayAsync(Member to, string line)
    {
        await Task.Delay(faults.DelayTime, quit.Token);
        await to.WriteAsync(line);
    }

    private async Task ChangeAsync(Member author, JsonElement frame)
    {
        var (rev, isNew) = room.Change(author.Name, frame);
        if (!isNew)
        {
            await author.WriteAsync(FaultyRoom.ChangeLine(rev, frame, author.Name, IdOf(frame), withText: false));
            return;
        }
        foreach (var member in members.ToList())
        {
            var line = FaultyRoom.ChangeLine(rev, frame, author.Name, member == author ? IdOf(frame) : "");
            if (!member.IsFirst)
            {
                await member.WriteAsync(line);
                continue;
            }
            if (faults.DropChange.Contains(rev)) continue;
            if (faults.SwapChange.Contains(rev))
            {
                heldChange = line;
                continue;
            }
            if (!hasLied && faults.LieChange > 0 && rev >= faults.LieChange && frame.TryGetProperty("text", out _))
                (hasLied, line) = (true, line.Replace("....", "...!", StringComparison.Ordinal));
            await member.WriteAsync(line);
            if (faults.DoubleChange.Contains(rev)) await member.WriteAsync(line);
            if (heldChange is { } late) await member.WriteAsync(late);
            heldChange = null;
        }
    }

    private static string IdOf(JsonElement frame) => ",\"id\":" + frame.GetProperty("id").GetRawText();

    /// <summary>Numbers of the messages and changes with a fault.</summary>
    internal sealed record Faults
    {
        public int[] Drop { get; init; } = [];

        public int[] Double { get; init; } = [];

        public int[] Swap { get; init; } = [];

        public int[] Delay { get; init; } = [];

        public TimeSpan DelayTime { get; init; }

        public int Lie { get; init; }

        public int StallAt { get; init; }

        public TimeSpan Stall { get; init; }

        public int[] DropChange { get; init; } = [];

        public int[] DoubleChange { get; init; } = [];

        public int[] SwapChange { get; init; } = [];

        /// <summary>The first edit from this change on comes with another text.</summary>
        public int LieChange { get; init; }

        /// <summary>A user that comes back never gets the first message that it missed.</summary>
        public bool Forgets { get; init; }

        /// <summary>A user that comes back does not get what has changed.</summary>
        public bool ForgetsChanges { get; init; }

        /// <summary>Pages lack this message.</summary>
        public int Hole { get; init; }
    }

    private sealed class Member(Stream output)
    {
        public string Name { get; set; } = "";

        /// <summary>Another connection has taken its session over.</summary>
        public bool IsOver { get; set; }

        /// <summary>User 1 sends nothing in most of these tests, so what it gets are deliveries.</summary>
        public bool IsFirst => Name.EndsWith("-1", StringComparison.Ordinal);

        public async ValueTask WriteAsync(string line)
        {
            try
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
            catch (IOException)
            {
                // Its connection was cut; its own loop ends it.
            }
        }
    }
}
