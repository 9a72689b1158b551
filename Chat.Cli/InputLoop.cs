using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What is typed, line by line: said, run as a command, or done here.</summary>
internal sealed class InputLoop(ChatClient client, Places places, CliTexts texts, IScreen screen, Palette palette)
{
    /// <summary>Messages under way before the next line is read.</summary>
    private const int UnderWay = 500;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private static readonly string[] SwitchNames = ["/trocar", "/switch"];
    private static readonly string[] QuitNames = ["/quit"];

    private readonly Queue<Task> sending = [];

    /// <summary>The commands that this program does itself.</summary>
    public static IReadOnlyList<string> LocalCommands { get; } = [.. SwitchNames, .. QuitNames];

    /// <summary>Whether any line was refused.</summary>
    public bool HasRefusals { get; private set; }

    /// <summary>Runs until the input ends; true where the session shall end with it.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        while (await screen.ReadLineAsync(() => $"{Prompt}> ", ct) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (QuitNames.Contains(line.Trim())) return await LeaveAsync(true, ct);
            await TakeAsync(line, ct);
        }
        return await LeaveAsync(!screen.IsInteractive, ct);
    }

    private string Prompt => TextRules.Harmless(places.Active is { } place ? place.IsDirect ? place.ToString() : place.Name : "");

    private async Task TakeAsync(string line, CancellationToken ct)
    {
        if (line.Split(' ', 2) is [var word, ..] && SwitchNames.Contains(word)) Switch(line[word.Length..].Trim());
        else if (line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal)) await RunCommandAsync(line, ct);
        else if (places.Active is not { } place) Refuse(texts.NoPlace);
        else await SayAsync(place, line.StartsWith('/') ? line[1..] : line, ct);
    }

    private void Switch(string name)
    {
        var to = name.StartsWith('@') ? Conversation.With(name[1..]) : Conversation.Room(name.TrimStart('#'));
        if (to.Name.Length == 0) Refuse(texts.SwitchUsage);
        else if (places.TrySwitch(to)) screen.Print(palette.Dim(texts.NowIn(TextRules.Harmless(to.ToString()))));
        else Refuse(texts.NotInThatRoom(TextRules.Harmless(to.Name)));
    }

    /// <summary>Behind what was said before, and before what is said next.</summary>
    private async Task RunCommandAsync(string line, CancellationToken ct)
    {
        var run = ShowReplyAsync(Task.WhenAll(sending), places.Active ?? Conversation.With(places.Me), line, ct);
        sending.Enqueue(run);
        if (!screen.IsInteractive) await run; // a person may go on typing
    }

    private async Task ShowReplyAsync(Task earlier, Conversation where, string line, CancellationToken ct)
    {
        await earlier;
        var answer = await client.RunAsync(where, line, ct);
        if (answer.IsRefused) Refuse(RefusalWords.Say(texts, answer.Refusal));
        else if (answer.Value.Text.Length > 0) screen.Print(TextRules.Harmless(answer.Value.Text.ReplaceLineEndings("\n")));
    }

    private async Task SayAsync(Conversation to, string text, CancellationToken ct)
    {
        while (sending.Count > 0 && (sending.Count >= UnderWay || sending.Peek().IsCompleted)) await sending.Dequeue();
        sending.Enqueue(Said(client.SendAsync(to, text, ct)));

        async Task Said(Task<Answer<DaemonFrame.Message>> send)
        {
            var answer = await send;
            if (answer.Refusal is { Code: ClientCode.Dropped }) return; // as silently as the daemon means it
            if (answer.IsRefused) Refuse(RefusalWords.Say(texts, answer.Refusal));
        }
    }

    /// <summary>Waits for the echoes; a person not longer than one likes to wait for a program's end.</summary>
    private async Task<bool> LeaveAsync(bool endsSession, CancellationToken ct)
    {
        var all = Task.WhenAll(sending);
        if (!screen.IsInteractive) await all;
        else if (await Task.WhenAny(all, Task.Delay(FarewellTime, ct)) != all) Refuse(texts.NotConfirmed);
        return endsSession;
    }

    private void Refuse(string why)
    {
        HasRefusals = true;
        screen.Print(palette.Alarm(texts.Refused(why)));
    }
}
