using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Handles each line of input: a message, a command for the daemon, or a command of the client itself.</summary>
internal sealed class InputLoop(
    ChatClient client, OpenConversations conversations, UserOutput output, PendingLines pendingLines, KnownCommands commands)
{
    /// <summary>Unconfirmed lines before the loop stops reading.</summary>
    public const int MaxPending = 500;

    private static readonly TimeSpan LogoutTimeout = TimeSpan.FromSeconds(5);

    private static readonly string[] SwitchNames = ["/trocar", "/switch"];
    private static readonly string[] QuitNames = ["/quit"];

    private readonly CliTexts texts = output.Texts;
    private readonly Queue<Task> sending = [];
    private volatile Task replied = Task.CompletedTask;

    /// <summary>A line without a room to go to. It comes back for editing until something is sent.</summary>
    private string unsent = "";

    /// <summary>Commands that the client runs itself.</summary>
    public static IReadOnlyList<string> LocalCommands { get; } = [.. SwitchNames, .. QuitNames];

    /// <summary>Whether any line was refused.</summary>
    public bool HasRefusals { get; private set; }

    /// <summary>Lines whose outcome has not been checked.</summary>
    public int Awaited => sending.Count;

    /// <summary>Completes when the replies to all commands so far are on the screen.</summary>
    public Task Replied => replied;

    /// <summary>Runs until the input ends. True if the session should end with it.</summary>
    /// <param name="over">Stops reading; lines already read are still sent.</param>
    public async Task<bool> RunAsync(CancellationToken over, CancellationToken ct)
    {
        var ahead = await output.Screen.DiscardTypedAheadAsync(over);
        if (ahead is not TypedAhead.Nothing) output.Note(texts.TypedAheadDiscarded);
        var isSuspect = ahead is TypedAhead.UnfinishedLine;
        while (await output.Screen.ReadLineAsync(() => $"{Prompt}> ", unsent, over) is { } line)
        {
            if (isSuspect)
            {
                (isSuspect, unsent) = (false, line);
                output.Note(texts.BegunEarly);
                continue;
            }
            if (QuitNames.Contains(line.Trim())) return await LeaveAsync(true, ct);
            if (string.IsNullOrWhiteSpace(line)) unsent = "";
            else await TakeAsync(line, over, ct);
        }
        return await LeaveAsync(!output.Screen.IsInteractive, ct);
    }

    private string Prompt
    {
        get
        {
            var place = conversations.Active is { } active
                ? LineFormat.Clean(active.IsDirect ? active.ToString() : active.Name) : texts.PromptNoRoom;
            return pendingLines.Prompt is { Length: > 0 } state ? $"{place} ({state})" : place;
        }
    }

    private async Task TakeAsync(string line, CancellationToken over, CancellationToken ct)
    {
        var isSwitch = line.Split(' ', 2) is [var word, ..] && SwitchNames.Contains(word);
        if (!isSwitch && line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal))
        {
            await TakeCommandAsync(line, over, ct);
            return;
        }
        output.Screen.Remember(line);
        if (isSwitch) Switch(line[SwitchNames.First(line.StartsWith).Length..].Trim());
        else if (conversations.Active is { } place) await SayAsync(place, line.StartsWith('/') ? line[1..] : line, ct);
        else Keep(line);
    }

    /// <summary>At a terminal, the user gets the line back.</summary>
    private void Keep(string line)
    {
        if (output.Screen.IsInteractive) unsent = line;
        Refuse(output.Screen.IsInteractive ? texts.NoRoomKept : texts.NoRoom);
    }

    private void Switch(string name)
    {
        var to = name.StartsWith('@') ? Conversation.With(name[1..]) : Conversation.Room(name.TrimStart('#'));
        if (to.Name.Length == 0) Refuse(texts.SwitchUsage);
        else if (conversations.TrySwitch(to)) output.Note(texts.NowIn(LineFormat.Clean(to.IsDirect ? to.ToString() : to.Name)));
        else Refuse(texts.NotInThatRoom(LineFormat.Clean(to.Name)));
    }

    /// <summary>Asks for the secrets that the command needs, and keeps those of the line out of the history.</summary>
    private async Task TakeCommandAsync(string line, CancellationToken over, CancellationToken ct)
    {
        var command = CommandLine.Read(line, await commands.GetAsync(ct));
        output.Screen.Remember(command.Kept);
        if (!output.Screen.IsInteractive || command.Missing.Count == 0) await RunCommandAsync(line, command.Shown, ct);
        else if (await AskAsync(command.Missing, over) is { } secrets) await RunCommandAsync(command.With(secrets), command.Shown, ct);
        else output.Note(texts.NotSent(LineFormat.Clean(line)));
    }

    /// <summary>Asks for the last secret twice, because nobody sees a typing error. Null if the user gave up.</summary>
    private async Task<IReadOnlyList<string>?> AskAsync(IReadOnlyList<ParameterEntry> missing, CancellationToken over)
    {
        var secrets = new List<string>();
        while (secrets.Count < missing.Count)
        {
            var name = LineFormat.Clean(missing[secrets.Count].Name);
            if (await output.Screen.ReadSecretAsync(texts.AskSecret(name), over) is not { Length: > 0 } secret) return null;
            if (secrets.Count == missing.Count - 1 && await output.Screen.ReadSecretAsync(texts.AskSecretAgain(name), over) != secret)
                output.Note(texts.SecretsDiffer);
            else secrets.Add(secret);
        }
        return secrets;
    }

    /// <summary>Runs after the lines before it and before those that follow.</summary>
    /// <param name="shown">The line without its secrets.</param>
    private async Task RunCommandAsync(string line, string shown, CancellationToken ct)
    {
        await MakeRoomAsync();
        var run = ShowReplyAsync(Task.WhenAll(sending), conversations.Active ?? Conversation.With(conversations.Me), line, shown, ct);
        sending.Enqueue(run);
        replied = run;
        if (!output.Screen.IsInteractive) await run; // a user at a terminal can keep typing
    }

    private async Task ShowReplyAsync(Task earlier, Conversation where, string line, string shown, CancellationToken ct)
    {
        var answer = await pendingLines.AwaitAsync(shown, RunAsync());
        if (answer.Refusal is { Code: ClientCode.SessionEnded }) Refuse(texts.NotSent(LineFormat.Clean(shown)));
        else if (answer.IsRefused) Refuse(RefusalTexts.Say(texts, answer.Refusal));
        else if (answer.Value.Text.Length > 0) output.Screen.Print(LineFormat.Block(answer.Value.Text));

        async Task<Answer<DaemonFrame.Reply>> RunAsync()
        {
            await earlier;
            return await client.RunAsync(conversations.PlaceOf(where), line, ct);
        }
    }

    private async Task SayAsync(Conversation to, string text, CancellationToken ct)
    {
        unsent = "";
        await MakeRoomAsync();
        sending.Enqueue(Said(pendingLines.AwaitAsync(text, client.SendAsync(to, text, ct))));

        async Task Said(Task<Answer<DaemonFrame.Message>> send)
        {
            // A filter that drops a message says nothing to its sender.
            if ((await send).Refusal is not { } refusal || refusal.Code == ClientCode.Dropped) return;
            Refuse(refusal.Code switch
            {
                ClientCode.SessionEnded => texts.NotSent(LineFormat.Clean(text)),
                ClientCode.OutcomeUnknown => texts.MaybeSent(LineFormat.Clean(text)),
                _ => RefusalTexts.Say(texts, refusal),
            });
        }
    }

    private async Task MakeRoomAsync()
    {
        while (sending.Count > 0 && (sending.Count >= MaxPending || sending.Peek().IsCompleted)) await sending.Dequeue();
    }

    /// <summary>After the session: returns when the outcome of every line has been shown.</summary>
    public Task SettleAsync() => Task.WhenAll(sending);

    /// <summary>Awaits the echoes; at a terminal only for a few seconds.</summary>
    private async Task<bool> LeaveAsync(bool endsSession, CancellationToken ct)
    {
        var all = Task.WhenAll(sending);
        if (!output.Screen.IsInteractive) await all;
        else if (await Task.WhenAny(all, Task.Delay(LogoutTimeout, ct)) != all)
            foreach (var line in pendingLines.Unconfirmed) Refuse(texts.NotConfirmed(LineFormat.Clean(line)));
        return endsSession;
    }

    private void Refuse(string why)
    {
        HasRefusals = true;
        output.Refuse(why);
    }
}
