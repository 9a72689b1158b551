using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What is typed, line by line: said, run as a command, or done here.</summary>
internal sealed class InputLoop(ChatClient client, Places places, Voice voice, Outage outage)
{
    /// <summary>Lines under way before the next is read.</summary>
    public const int UnderWay = 500;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private static readonly string[] SwitchNames = ["/trocar", "/switch"];
    private static readonly string[] QuitNames = ["/quit"];

    private readonly CliTexts texts = voice.Texts;
    private readonly Queue<Task> sending = [];
    private volatile Task replied = Task.CompletedTask;

    /// <summary>A line that had nowhere to go; it comes back for editing until something is sent.</summary>
    private string unsent = "";

    /// <summary>The commands that this program does itself.</summary>
    public static IReadOnlyList<string> LocalCommands { get; } = [.. SwitchNames, .. QuitNames];

    /// <summary>Whether any line was refused.</summary>
    public bool HasRefusals { get; private set; }

    /// <summary>Lines whose outcome is still to be looked at; some may be known already.</summary>
    public int Awaited => sending.Count;

    /// <summary>Completes once what the commands so far reply is on the screen.</summary>
    public Task Replied => replied;

    /// <summary>Runs until the input ends; true where the session shall end with it.</summary>
    /// <param name="over">Nothing more is to be read; what was read is still sent.</param>
    public async Task<bool> RunAsync(CancellationToken over, CancellationToken ct)
    {
        var ahead = await voice.Screen.DiscardTypedAheadAsync(over);
        if (ahead is not TypedAhead.Nothing) voice.Note(texts.TypedAheadDiscarded);
        var isSuspect = ahead is TypedAhead.UnfinishedLine;
        while (await voice.Screen.ReadLineAsync(() => $"{Prompt}> ", unsent, over) is { } line)
        {
            if (isSuspect)
            {
                (isSuspect, unsent) = (false, line);
                voice.Note(texts.BegunEarly);
                continue;
            }
            if (QuitNames.Contains(line.Trim())) return await LeaveAsync(true, ct);
            if (string.IsNullOrWhiteSpace(line)) unsent = "";
            else await TakeAsync(line, ct);
        }
        return await LeaveAsync(!voice.Screen.IsInteractive, ct);
    }

    private string Prompt
    {
        get
        {
            var place = places.Active is { } active ? TextRules.Harmless(active.IsDirect ? active.ToString() : active.Name) : texts.PromptNoRoom;
            return outage.Prompt is { Length: > 0 } state ? $"{place} ({state})" : place;
        }
    }

    private async Task TakeAsync(string line, CancellationToken ct)
    {
        if (line.Split(' ', 2) is [var word, ..] && SwitchNames.Contains(word)) Switch(line[word.Length..].Trim());
        else if (line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal)) await RunCommandAsync(line, ct);
        else if (places.Active is { } place) await SayAsync(place, line.StartsWith('/') ? line[1..] : line, ct);
        else Keep(line);
    }

    /// <summary>A person gets the line back to send it once a room is chosen.</summary>
    private void Keep(string line)
    {
        if (voice.Screen.IsInteractive) unsent = line;
        Refuse(voice.Screen.IsInteractive ? texts.NoRoomKept : texts.NoRoom);
    }

    private void Switch(string name)
    {
        var to = name.StartsWith('@') ? Conversation.With(name[1..]) : Conversation.Room(name.TrimStart('#'));
        if (to.Name.Length == 0) Refuse(texts.SwitchUsage);
        else if (places.TrySwitch(to)) voice.Note(texts.NowIn(TextRules.Harmless(to.ToString())));
        else Refuse(texts.NotInThatRoom(TextRules.Harmless(to.Name)));
    }

    /// <summary>Behind what was said before, and before what is said next.</summary>
    private async Task RunCommandAsync(string line, CancellationToken ct)
    {
        await MakeRoomAsync();
        var run = ShowReplyAsync(Task.WhenAll(sending), places.Active ?? Conversation.With(places.Me), line, ct);
        sending.Enqueue(run);
        replied = run;
        if (!voice.Screen.IsInteractive) await run; // a person may go on typing
    }

    private async Task ShowReplyAsync(Task earlier, Conversation where, string line, CancellationToken ct)
    {
        var answer = await outage.AwaitAsync(line, RunAsync());
        if (answer.Refusal is { Code: ClientCode.SessionEnded }) Refuse(texts.NotSent(LineFormat.Clean(line)));
        else if (answer.IsRefused) Refuse(RefusalWords.Say(texts, answer.Refusal));
        else if (answer.Value.Text.Length > 0) voice.Screen.Print(LineFormat.Block(answer.Value.Text));

        async Task<Answer<DaemonFrame.Reply>> RunAsync()
        {
            await earlier;
            return await client.RunAsync(places.PlaceOf(where), line, ct);
        }
    }

    private async Task SayAsync(Conversation to, string text, CancellationToken ct)
    {
        unsent = "";
        await MakeRoomAsync();
        sending.Enqueue(Said(outage.AwaitAsync(text, client.SendAsync(to, text, ct))));

        async Task Said(Task<Answer<DaemonFrame.Message>> send)
        {
            if ((await send).Refusal is not { } refusal || refusal.Code == ClientCode.Dropped) return; // what is dropped goes as silently as the daemon means it
            Refuse(refusal.Code switch
            {
                ClientCode.SessionEnded => texts.NotSent(LineFormat.Clean(text)),
                ClientCode.OutcomeUnknown => texts.MaybeSent(LineFormat.Clean(text)),
                _ => RefusalWords.Say(texts, refusal),
            });
        }
    }

    private async Task MakeRoomAsync()
    {
        while (sending.Count > 0 && (sending.Count >= UnderWay || sending.Peek().IsCompleted)) await sending.Dequeue();
    }

    /// <summary>The session is over: whatever became of the lines has been said when it returns.</summary>
    public Task SettleAsync() => Task.WhenAll(sending);

    /// <summary>Waits for the echoes; a person not longer than one likes to wait for a program's end.</summary>
    private async Task<bool> LeaveAsync(bool endsSession, CancellationToken ct)
    {
        var all = Task.WhenAll(sending);
        if (!voice.Screen.IsInteractive) await all;
        else if (await Task.WhenAny(all, Task.Delay(FarewellTime, ct)) != all)
            foreach (var line in outage.Unconfirmed) Refuse(texts.NotConfirmed(LineFormat.Clean(line)));
        return endsSession;
    }

    private void Refuse(string why)
    {
        HasRefusals = true;
        voice.Refuse(why);
    }
}
