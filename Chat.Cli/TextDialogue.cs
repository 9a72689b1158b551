using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>For people, at a terminal or through pipes.</summary>
internal sealed class TextDialogue : IDialogue
{
    private readonly Voice voice;
    private readonly Outage outage;
    private readonly InputLoop input;
    private readonly EventPrinter printer;

    public TextDialogue(Entered entered, DaemonAddress daemon, CliTexts texts, IScreen screen)
    {
        var (client, welcome) = (entered.Client, entered.Welcome);
        voice = new Voice(screen, texts, Palette.FromEnvironment(screen.IsInteractive));
        var places = new Places(welcome.User, welcome.Rooms.Select(Conversation.Room).FirstOrDefault());
        client.RoomChanged = places.Follow;
        foreach (var room in client.Rooms) places.Follow(new RoomChange(room, IsIn: true, IsAsked: false)); // those of the login may be in already
        outage = new Outage(voice, TimeProvider.System);
        input = new InputLoop(client, places, voice, outage);
        printer = new EventPrinter(client, places, voice, outage, input);
        if (screen is TerminalScreen terminal) terminal.Completer = new Completer(client, places).CompleteAsync;
        voice.Note(texts.Welcome(daemon.ToString(), HowLoggedIn(entered, texts)));
        if (welcome.Direct.Count > 0) voice.Note(texts.DirectListed(TextRules.Harmless(string.Join(", ", welcome.Direct.Select(d => $"@{d.User}")))));
    }

    private static string HowLoggedIn(Entered entered, CliTexts texts)
    {
        var user = TextRules.Harmless(entered.Welcome.User);
        return entered.Method switch
        {
            LoginMethod.Guest => texts.AsGuest(user),
            LoginMethod.Password => texts.WithPassword(user),
            _ => entered.Welcome.Roles.Contains("guest") ? texts.AsSavedGuest(user) : texts.WithSavedSession(user),
        };
    }

    public bool HasFailed => input.HasRefusals && !voice.Screen.IsInteractive;

    public Task<ChatEvent.SessionEnded?> ShowAsync(CancellationToken ct) => printer.RunAsync(ct);

    public Task<bool> TakeAsync(CancellationToken over, CancellationToken ct) => input.RunAsync(over, ct);

    public Task SettleAsync() => input.SettleAsync();

    public void SayEnd(ChatEvent.SessionEnded end)
    {
        if (end.Reason is not ByeReason.Logout) voice.Screen.Print(voice.Palette.Alarm(RefusalWords.SayEnd(voice.Texts, end)));
    }

    public void Dispose() => outage.Dispose();
}
