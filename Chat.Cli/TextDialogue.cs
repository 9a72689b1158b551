using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>For people, at a terminal or through pipes.</summary>
internal sealed class TextDialogue : IDialogue
{
    private readonly UserOutput output;
    private readonly PendingLines pendingLines;
    private readonly Outgoing outgoing;
    private readonly PastMessages past;
    private readonly InputLoop input;
    private readonly EventPrinter printer;

    public TextDialogue(LoggedIn loggedIn, DaemonAddress daemon, DialogueSettings settings, CliTexts texts, IScreen screen)
    {
        var (client, welcome) = (loggedIn.Client, loggedIn.Welcome);
        output = new UserOutput(screen, texts, Palette.FromEnvironment(screen.IsInteractive, () => settings.Theme));
        var parts = Parts(client, output, settings);
        pendingLines = new PendingLines(output, TimeProvider.System);
        client.Held = pendingLines.Hold;
        var commands = new KnownCommands(client);
        client.CommandsChanged = commands.Forget;
        outgoing = new Outgoing(parts, pendingLines);
        var messages = new MessagePrinter(parts);
        past = new PastMessages(parts, messages);
        input = new InputLoop(parts, pendingLines, commands, outgoing, past);
        printer = new EventPrinter(parts, pendingLines, outgoing, messages);
        if (screen is TerminalScreen terminal) Connect(terminal, parts, commands);
        output.Note(texts.Welcome(daemon.ToString(), HowLoggedIn(loggedIn, texts)));
        if (welcome.Direct.Count > 0)
            output.Note(texts.DirectListed(LineFormat.Clean(string.Join(", ", welcome.Direct.Select(d => $"@{d.User}")))));
        if (UnreadLine.Of(welcome, texts) is { } unread) output.Note(unread);
    }

    /// <summary>For a client after its login.</summary>
    public static DialogueParts Parts(ChatClient client, UserOutput output, DialogueSettings settings)
    {
        var welcome = client.Welcome!;
        var conversations = new OpenConversations(welcome.User, welcome.Rooms.Select(Conversation.Room).FirstOrDefault());
        client.RoomChanged = conversations.Follow;
        // The rooms of the login may have been joined already.
        foreach (var room in client.Rooms) conversations.Follow(new RoomChange(room, IsIn: true, IsAsked: false));
        return new DialogueParts(client, conversations, output, settings);
    }

    private void Connect(TerminalScreen terminal, DialogueParts parts, KnownCommands commands)
    {
        terminal.Completer = new Completer(parts, commands).CompleteAsync;
        var hint = new CommandHint(commands);
        terminal.Hint = line => hint.Of(parts.Settings.Expand(line));
        terminal.Asked = key => input.Press(key, CancellationToken.None);
        terminal.EditorProblemText = problem => output.Palette.Alarm(output.Texts.Refused(
            problem is EditorProblem.TooLong ? parts.Texts.EditorTextTooLong : parts.Texts.EditorFailed));
        terminal.SearchPrompt = query => parts.Texts.SearchPrompt(TextRules.Harmless(query));
    }

    private static string HowLoggedIn(LoggedIn loggedIn, CliTexts texts)
    {
        var user = LineFormat.Clean(loggedIn.Welcome.User);
        return loggedIn.Method switch
        {
            LoginMethod.Guest => texts.AsGuest(user),
            LoginMethod.Password => texts.WithPassword(user),
            _ => loggedIn.Welcome.IsGuest ? texts.AsSavedGuest(user) : texts.WithSavedSession(user),
        };
    }

    public bool HasFailed => outgoing.HasRefusals && !output.Screen.IsInteractive;

    public Task<ChatEvent.SessionEnded?> ShowAsync(CancellationToken ct) => printer.RunAsync(ct);

    public Task<bool> TakeAsync(CancellationToken over, CancellationToken ct) => input.RunAsync(over, ct);

    public Task SettleAsync() => outgoing.SettleAsync();

    public void SayEnd(ChatEvent.SessionEnded end)
    {
        if (end.Reason is not ByeReason.Logout) output.Screen.Print(output.Palette.Alarm(RefusalTexts.SayEnd(output.Texts, end)));
    }

    public void Dispose()
    {
        pendingLines.Dispose();
        past.Dispose();
    }
}
