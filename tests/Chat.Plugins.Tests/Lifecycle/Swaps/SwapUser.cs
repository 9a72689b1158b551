using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Text.Json;
using System.Text;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Somebody in a room who writes, runs the plugin's command, and notices whatever is not as promised.</summary>
internal sealed class SwapUser : IAsyncDisposable
{
    private readonly string name;
    private readonly string room;
    private readonly SwapReport report;
    private readonly HashSet<string> seen = [];
    private readonly TcpClient tcp = new() { NoDelay = true };
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> asked = new();
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StreamReader? reader;
    private Task reading = Task.CompletedTask;
    private long lastSeq;
    private int lastId;
    private volatile bool isLeaving;

    private SwapUser(string name, string room, SwapReport report) => (this.name, this.room, this.report) = (name, room, report);

    public static async Task<SwapUser> EnterAsync(int port, string name, string room, SwapReport report)
    {
        var user = new SwapUser(name, room, report);
        await user.tcp.ConnectAsync(IPAddress.Loopback, port);
        user.reader = new(user.tcp.GetStream(), Encoding.UTF8);
        user.reading = user.ReadAsync();
        await user.SendAsync($$"""{"type":"login","user":"{{name}}","rooms":["{{room}}"]}""");
        await user.entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return user;
    }

    /// <summary>Until it is told to stop: a message, a command, a pause.</summary>
    /// <param name="command">The plugin's; null: none.</param>
    public async Task ChatAsync(string? command, TimeSpan pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await AskAsync($"ol\u00e1 {name} {lastId} @{report.Active}");
            report.Echoed(Stopwatch.GetElapsedTime(began));
            if (command is not null) await RunAsync(command);
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        isLeaving = true;
        tcp.Dispose();
        await reading;
        reader?.Dispose();
    }

    private async Task RunAsync(string command)
    {
        var (oldest, began) = (report.Active, Stopwatch.GetTimestamp());
        var answer = await AskAsync(command);
        report.Answered(room, answer, oldest, Stopwatch.GetElapsedTime(began));
    }

    private async Task<string> AskAsync(string text)
    {
        var id = $"{++lastId}";
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync($$"""{"type":"message","room":"{{room}}","text":"{{text}}","id":"{{id}}"}""");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task SendAsync(string frame) => await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(frame + "\n"));

    private async Task ReadAsync()
    {
        try
        {
            while (await reader!.ReadLineAsync() is { } line) Take(line);
            if (!isLeaving) report.Fault($"{name}: the connection ended");
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            if (!isLeaving) report.Fault($"{name}: {failure.Message}");
        }
    }

    private void Take(string line)
    {
        using var json = JsonDocument.Parse(line);
        var frame = json.RootElement;
        switch (frame.GetProperty("type").GetString())
        {
            case "joined":
                lastSeq = frame.GetProperty("seq").GetInt64();
                entered.TrySetResult();
                break;
            case "message":
                var seq = frame.GetProperty("seq").GetInt64();
                if (seq != lastSeq + 1) report.Fault($"{name}: message {seq} after {lastSeq}");
                lastSeq = seq;
                var text = frame.GetProperty("text").GetString()!;
                if (report.IsStamped && !seen.Add(text.Split('@')[0])) report.Fault($"{name}: twice \"{text}\"");
                report.Received(text);
                Complete(frame, "");
                break;
            case "reply":
                Complete(frame, frame.GetProperty("text").GetString()!);
                break;
            case "error" or "bye":
                report.Fault($"{name}: {line}");
                Complete(frame, "");
                break;
        }
    }

    private void Complete(JsonElement frame, string text)
    {
        if (!frame.TryGetProperty("id", out var id)) return;
        if (asked.TryRemove(id.GetString()!, out var answer)) answer.SetResult(text);
        else report.Fault($"{name}: an answer to {id} that was not asked for, or twice");
    }
}
