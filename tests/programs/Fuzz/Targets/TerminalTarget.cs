using Chat.Cli;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Fuzz.Mutation;

namespace Fuzz.Targets;

/// <summary>The terminal program at a hostile daemon: nothing that it prints controls the terminal.</summary>
internal sealed class TerminalTarget : IFuzzTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public TerminalTarget() => Environment.SetEnvironmentVariable("NO_COLOR", "1"); // then no escape sequence is ours

    public string Name => "terminal";

    public IEnumerable<byte[]> Seeds => ConversationSeeds.All;

    public IReadOnlyList<string> Tokens => ConversationSeeds.Tokens;

    public IReadOnlyList<MutationStep> Mutations { get; } =
        [.. JsonMutations.All, .. JsonMutations.All, .. TextMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input) =>
        RunAsync(input.ToArray(), new CheckedScreen(width: 20 + (input.Length % 80), isUtf8: input.Length % 3 > 0))
            .WaitAsync(Patience).GetAwaiter().GetResult();

    private static async Task RunAsync(byte[] input, CheckedScreen screen)
    {
        await using var client = new ChatClient(HostileDaemon.Options(input));
        var texts = new CliTexts("pt-BR", isUtf8: true);
        try
        {
            var answer = await client.LoginAsync(LoginRequest.Guest("ana", "geral"));
            if (answer.IsRefused)
            {
                screen.Print(RefusalTexts.Say(texts, answer.Refusal));
                return;
            }
            using var token = new SavedToken(null, texts);
            var loggedIn = new LoggedIn(client, answer.Value, token, LoginMethod.Guest);
            using var dialogue = new TextDialogue(loggedIn, DaemonAddress.Default, new DialogueSettings(), texts, screen);
            var taking = dialogue.TakeAsync(CancellationToken.None, CancellationToken.None);
            var completing = CompleteAsync(client, screen, texts);
            if (await dialogue.ShowAsync(CancellationToken.None) is { } end) dialogue.SayEnd(end);
            await taking;
            await completing;
        }
        catch (ChatConnectionException e)
        {
            screen.Print(e.Message);
        }
    }

    /// <summary>What Tab does.</summary>
    private static async Task CompleteAsync(ChatClient client, CheckedScreen screen, CliTexts texts)
    {
        var parts = new DialogueParts(client, new("ana", Conversation.Room("geral")), new UserOutput(screen, texts, new Palette(null)),
            new DialogueSettings());
        var completer = new Completer(parts, new KnownCommands(client));
        var buffer = new LineBuffer();
        buffer.Set("/aj a", 3);
        if (await completer.CompleteAsync(buffer.Text, buffer.Cursor, CancellationToken.None) is not { } found) return;
        if (found.Text is { } becomes) buffer.Replace(found.From, found.Length, becomes);
        if (found.Choices.Count > 0) screen.Print(string.Join("  ", found.Choices));
        var hint = new CommandHint(new KnownCommands(client));
        screen.Draw("> ", buffer.Text + hint.Of("/ajuda "));
    }
}
