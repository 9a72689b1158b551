using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Sends lines in order and shows the outcome: a message comes back as an event, a command gets a reply.</summary>
internal sealed class Outgoing(DialogueParts parts, PendingLines pendingLines)
{
    /// <summary>Unconfirmed lines before the loop stops reading.</summary>
    public const int MaxPending = 500;

    private static readonly TimeSpan LogoutTimeout = TimeSpan.FromSeconds(5);

    private readonly CliTexts texts = parts.Texts;
    private readonly List<(PendingLine Line, Task Outcome)> sending = [];
    private volatile Task replied = Task.CompletedTask;

    /// <summary>Whether any line was refused.</summary>
    public bool HasRefusals { get; private set; }

    /// <summary>Lines whose outcome has not been checked.</summary>
    public int Awaited => sending.Count;

    /// <summary>Completes when the replies to all commands so far are on the screen.</summary>
    public Task Replied => replied;

    private bool IsInteractive => parts.Output.Screen.IsInteractive;

    public async Task SayAsync(Conversation to, string text, long? replyTo, CancellationToken ct)
    {
        await MakeRoomAsync();
        var line = new PendingLine(text, to, new CancellationTokenSource());
        var send = parts.Client.SendAsync(to, text, replyTo, line.Withdraw!.Token, ct);
        sending.Add((line, SaidAsync(line, pendingLines.AwaitAsync(line, send))));
    }

    /// <summary>Changes a message, in the order of the lines. The event shows it.</summary>
    public async Task ChangeAsync(Conversation place, string line, Func<Task<Answer<DaemonFrame.Change>>> change)
    {
        await MakeRoomAsync();
        var pending = new PendingLine(line, place);
        sending.Add((pending, ChangedAsync(pendingLines.AwaitAsync(pending, change()))));

        async Task ChangedAsync(Task<Answer<DaemonFrame.Change>> outcome)
        {
            if ((await outcome).Refusal is { } refusal) Refuse(RefusalTexts.Say(texts, refusal));
        }
    }

    /// <summary>Runs a command after the lines before it and before those that follow. Lines held by slow mode do not hold it up.</summary>
    /// <param name="shown">The line without its secrets.</param>
    /// <param name="after">More text to print below the reply.</param>
    public async Task RunCommandAsync(string line, string shown, string? after, CancellationToken ct)
    {
        await MakeRoomAsync();
        var earlier = IsInteractive ? UntilOnlyHeldAsync([.. sending]) : Task.WhenAll(Outcomes);
        var where = parts.Conversations.Active ?? Conversation.With(parts.Conversations.Me);
        var pending = new PendingLine(shown, null);
        var run = ShowReplyAsync(earlier, where, pending, line, after, ct);
        sending.Add((pending, run));
        replied = run;
        if (!IsInteractive) await run; // a user at a terminal can keep typing
    }

    /// <summary>After the session: returns when the outcome of every line has been shown.</summary>
    public Task SettleAsync() => Task.WhenAll(Outcomes);

    /// <summary>Awaits the echoes; at a terminal only for a few seconds.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        var all = Task.WhenAll(Outcomes);
        if (!IsInteractive) await all;
        else if (await Task.WhenAny(all, Task.Delay(LogoutTimeout, ct)) != all)
            foreach (var line in pendingLines.Unconfirmed) Refuse(texts.NotConfirmed(LineFormat.Clean(line)));
    }

    public void Refuse(string why)
    {
        HasRefusals = true;
        parts.Output.Refuse(why);
    }

    private IEnumerable<Task> Outcomes => sending.Select(line => line.Outcome);

    /// <summary>Completes when none of the lines waits for anything but slow mode.</summary>
    private async Task UntilOnlyHeldAsync(List<(PendingLine Line, Task Outcome)> lines)
    {
        while (true)
        {
            var holding = pendingLines.Holding;
            lines.RemoveAll(line => line.Outcome.IsCompleted);
            var awaited = lines.Where(line => !pendingLines.IsHeld(line.Line)).Select(line => line.Outcome).ToList();
            if (awaited.Count == 0) return;
            await Task.WhenAny(Task.WhenAll(awaited), holding);
        }
    }

    private async Task SaidAsync(PendingLine line, Task<Answer<DaemonFrame.Message>> send)
    {
        // A filter that drops a message says nothing to its sender.
        if ((await send).Refusal is not { } refusal || refusal.Code == ClientCode.Dropped) return;
        var text = LineFormat.Clean(line.Text);
        if (refusal.Code == ClientCode.Withdrawn)
        {
            parts.Output.Note(texts.NotSent(text));
        }
        else
        {
            Refuse(refusal.Code switch
            {
                ClientCode.SessionEnded => texts.NotSent(text),
                ClientCode.OutcomeUnknown => texts.MaybeSent(text),
                _ => RefusalTexts.Say(texts, refusal),
            });
        }
    }

    private async Task ShowReplyAsync(
        Task earlier, Conversation where, PendingLine pending, string line, string? after, CancellationToken ct)
    {
        var answer = await pendingLines.AwaitAsync(pending, RunAsync());
        if (answer.Refusal is { Code: ClientCode.SessionEnded }) Refuse(texts.NotSent(LineFormat.Clean(pending.Text)));
        else if (answer.IsRefused) Refuse(RefusalTexts.Say(texts, answer.Refusal));
        else if (answer.Value.Text.Length > 0) parts.Output.Screen.Print(LineFormat.Block(answer.Value.Text));
        if (after is not null) parts.Output.Screen.Print(after);

        async Task<Answer<DaemonFrame.Reply>> RunAsync()
        {
            await earlier;
            return await parts.Client.RunAsync(parts.Conversations.PlaceOf(where), line, ct);
        }
    }

    private async Task MakeRoomAsync()
    {
        while (true)
        {
            var done = Outcomes.Where(outcome => outcome.IsCompleted).ToHashSet();
            sending.RemoveAll(line => done.Contains(line.Outcome));
            await Task.WhenAll(done);
            if (sending.Count < MaxPending) return;
            await Task.WhenAny(Outcomes);
        }
    }
}
