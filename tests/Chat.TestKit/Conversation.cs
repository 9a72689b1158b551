using System.Text.Json;

namespace Chat.TestKit;

/// <summary>
/// Runs a text file in which users talk to a daemon, one step per line:
/// <code>
/// # two members see one order
/// ana connects
/// ana > {"type":"login","user":"ana"}
/// ana &lt; {"type":"welcome","user":"ana","token":"$token"}
/// ana &lt; {"type":"joined","room":"geral"}
/// ana &lt; nothing
/// ana closes
/// daemon restarts
/// </code>
/// <c>></c> sends the rest of the line, with <c>"$token"</c> replaced by its captured value. <c>&lt;</c> compares the next frame with a
/// <see cref="JsonPattern"/>, skipping <c>hello</c> and <c>presence</c> frames that do not match. <c>nothing</c> pings every connected user
/// to prove that nothing else was queued. Also: <c>ana stops sending</c> (half-close), <c>ana is closed</c> (by the daemon),
/// <c>ana breaks off</c> (a reset), <c>daemon indexes</c> (search finds all that was echoed).
/// </summary>
public sealed class Conversation : IAsyncDisposable
{
    private readonly string name;
    private readonly IDaemonUnderTest daemon;
    private readonly Func<string, Task<TestClient>> connect;
    private readonly Dictionary<string, TestClient> people = [];
    private readonly Dictionary<string, JsonElement> captured = [];

    private Conversation(string name, IDaemonUnderTest daemon, Func<string, Task<TestClient>> connect) =>
        (this.name, this.daemon, this.connect) = (name, daemon, connect);

    /// <param name="connect">Connects a user to the daemon; by TCP if null.</param>
    /// <exception cref="ExpectationException">A step failed; names the file, the line and the frame that came instead.</exception>
    public static async Task RunFileAsync(string path, IDaemonUnderTest daemon, Func<string, Task<TestClient>>? connect = null) =>
        await RunAsync(Path.GetFileName(path), await File.ReadAllTextAsync(path), daemon, connect);

    /// <inheritdoc cref="RunFileAsync"/>
    /// <param name="name">Its name in failure messages.</param>
    public static async Task RunAsync(string name, string text, IDaemonUnderTest daemon, Func<string, Task<TestClient>>? connect = null)
    {
        var steps = ConversationStep.ParseAll(name, text);
        await using var conversation = new Conversation(name, daemon, connect ?? (who => TestClient.ConnectAsync(daemon.Port, who)));
        foreach (var step in steps) await conversation.TakeAsync(step);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values) await person.DisposeAsync();
    }

    private async Task TakeAsync(ConversationStep step)
    {
        try
        {
            await RunAsync(step);
        }
        catch (Exception e) when (e is ExpectationException or IOException or System.Net.Sockets.SocketException)
        {
            throw new ExpectationException($"{name}:{step.Line}: {step.Source}\n{e.Message}", e);
        }
    }

    private Task RunAsync(ConversationStep step) => step switch
    {
        ConversationStep.Connect => ConnectAsync(step.Who),
        ConversationStep.Send send => ClientOf(step).SendAsync(JsonPattern.Fill(send.Raw, captured)),
        ConversationStep.Expect expect => ExpectAsync(ClientOf(step), expect.Pattern),
        ConversationStep.ExpectNothing => ExpectNothingAsync(ClientOf(step)),
        ConversationStep.ExpectClosed => ClientOf(step).ExpectClosedAsync(),
        ConversationStep.Close => CloseAsync(step),
        ConversationStep.BreakOff => Do(ClientOf(step).Abort),
        ConversationStep.StopSending => Do(ClientOf(step).ShutdownSend),
        ConversationStep.Restart => daemon.RestartAsync(),
        ConversationStep.Index => daemon.IndexAsync(),
        _ => throw new InvalidOperationException($"no such step: {step}"),
    };

    private TestClient ClientOf(ConversationStep step) =>
        people.TryGetValue(step.Who, out var person) ? person : throw new ExpectationException($"{step.Who} is not connected");

    private async Task ConnectAsync(string who)
    {
        if (people.Remove(who, out var before)) await before.DisposeAsync();
        people[who] = await connect(who);
    }

    private async Task CloseAsync(ConversationStep step)
    {
        await ClientOf(step).DisposeAsync();
        people.Remove(step.Who);
    }

    private async Task ExpectAsync(TestClient person, JsonElement pattern)
    {
        while (true)
        {
            var received = await person.NextAsync();
            if (JsonPattern.Difference(pattern, received.Json, captured) is not { } difference) return;
            if (!IsBackground(received)) throw new ExpectationException($"{person.Name} received\n  {received.Json}\n{difference}");
        }
    }

    private async Task ExpectNothingAsync(TestClient person)
    {
        foreach (var other in people.Values) await other.SettleAsync();
        await person.ExpectNothingAsync();
    }

    private static bool IsBackground(
        ReceivedFrame received) => received.Frame is Protocol.DaemonFrame.Hello or Protocol.DaemonFrame.Presence;

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
