using System.Threading.Channels;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.TestKit;
using Chat.Testing;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>A screen and keyboard that a test controls, for the parts of the client after its login.</summary>
internal sealed class TestScreen : IScreen, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Channel<string> typed = Channel.CreateUnbounded<string>();
    private readonly Lock gate = new();
    private readonly List<string> lines = [], remembered = [], asked = [], notified = [];
    private readonly ChatClient client;
    private readonly PendingLines pendingLines;
    private readonly Outgoing outgoing;
    private readonly InputLoop input;
    private readonly PastMessages past;
    private readonly Task running;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<string> prompt = () => "";

    public TestScreen(ChatClient client, TestTime? time = null, string language = "en", DialogueSettings? settings = null)
    {
        this.client = client;
        var output = new UserOutput(this, new CliTexts(language), new Palette(null));
        pendingLines = new PendingLines(output, time ?? TimeProvider.System);
        client.Held = pendingLines.Hold;
        var parts = TextDialogue.Parts(client, output, settings ?? new DialogueSettings());
        outgoing = new Outgoing(parts, pendingLines);
        var messages = new MessagePrinter(parts);
        past = new PastMessages(parts, messages);
        var commands = new KnownCommands(client);
        client.CommandsChanged = commands.Forget;
        input = new InputLoop(parts, pendingLines, commands, outgoing, past);
        running = Task.WhenAll(new EventPrinter(parts, pendingLines, outgoing, messages).RunAsync(default), EndAsync());
    }

    public bool IsInteractive => true;

    public string Prompt => prompt();

    /// <summary>Initial text of the line.</summary>
    public string Draft { get; private set; } = "";

    public IReadOnlyList<string> Waiting { get; private set; } = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    /// <summary>The history.</summary>
    public IReadOnlyList<string> Remembered
    {
        get
        {
            lock (gate) return [.. remembered];
        }
    }

    /// <summary>The prompts of hidden answers.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (gate) return [.. asked];
        }
    }

    public IReadOnlyList<string> Notified
    {
        get
        {
            lock (gate) return [.. notified];
        }
    }

    /// <summary>Lines whose outcome has not been checked.</summary>
    public int Awaited => outgoing.Awaited;

    public void Type(string line) => typed.Writer.TryWrite(line);

    public async Task UntilAsync(Func<TestScreen, bool> wanted)
    {
        while (true)
        {
            Task next;
            lock (gate) next = changed.Task;
            if (wanted(this)) return;
            try
            {
                await next.WaitAsync(Deadline);
            }
            catch (TimeoutException)
            {
                Assert.Fail(string.Join('\n', [.. Lines, .. Waiting, Prompt]));
            }
        }
    }

    public Task UntilSaidAsync(string text) => UntilAsync(d => d.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)));

    public void Print(string text) => Change(() => lines.Add(text));

    public void Print(string head, string text) => Print(head + text);

    public void ShowWaiting(IReadOnlyList<string> rows) => Change(() => Waiting = rows);

    public void Redraw() => Change(() => { });

    public void Clear() => Change(lines.Clear);

    public void Notify(NotifyBy by, string title, string text) => Change(() => notified.Add($"{by} {title}: {text}"));

    /// <summary>A key that does not edit the line.</summary>
    public void Press(EditResult key) => input.Press(key, default);

    public Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct) => Task.FromResult(TypedAhead.Nothing);

    public async Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct)
    {
        this.prompt = prompt;
        Change(() => Draft = draft);
        return await typed.Reader.WaitToReadAsync(ct) ? await typed.Reader.ReadAsync(ct) : null;
    }

    public void Remember(string line) => Change(() => remembered.Add(line));

    public Task<string?> ReadSecretAsync(string prompt, CancellationToken ct)
    {
        Change(() => asked.Add(prompt));
        return ReadLineAsync(() => prompt, "", ct);
    }

    public async ValueTask DisposeAsync()
    {
        typed.Writer.TryComplete();
        await client.DisposeAsync();
        await running.WaitAsync(Deadline);
        pendingLines.Dispose();
        past.Dispose();
    }

    private async Task EndAsync()
    {
        await input.RunAsync(default, default);
        await outgoing.SettleAsync();
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change();
            (before, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        before.TrySetResult();
    }
}
