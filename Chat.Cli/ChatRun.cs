using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>One run of the program, from the connection to its exit status.</summary>
internal static class ChatRun
{
    public static async Task<int> RunAsync(CliOptions options, CliTexts texts, Locale locale, CancellationToken ct)
    {
        var isTerminal = !options.Json && StandardStreams.HasInput && !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        using var terminal = isTerminal ? TerminalScreen.Open(locale.IsUtf8) : null;
        IScreen screen = terminal ?? (IScreen)new PipeScreen(StandardStreams.OpenInput(), StandardStreams.OpenOutput(), locale.IsUtf8 || options.Json);
        if (options.User is null && !screen.IsInteractive)
        {
            await Console.Error.WriteLineAsync(texts.UserWanted);
            return ExitStatus.WrongUsage;
        }
        try
        {
            if (await new Entrance(options, texts, screen).EnterAsync(ct) is not { } entered) return ExitStatus.Refused;
            await using var client = entered.Client;
            using var token = entered.Token;
            return await UseAsync(entered, options, texts, screen, ct);
        }
        catch (OutputGoneException e)
        {
            await Console.Error.WriteLineAsync(texts.OutputGone(TextRules.Harmless(e.Message)));
            return ExitStatus.OutputGone;
        }
        catch (ChatConnectionException e)
        {
            await Console.Error.WriteLineAsync(texts.CannotConnect(options.Daemon.ToString(), TextRules.Harmless(e.Message)));
            return ExitStatus.CannotConnect;
        }
    }

    private static async Task<int> UseAsync(Entered entered, CliOptions options, CliTexts texts, IScreen screen, CancellationToken ct)
    {
        try
        {
            return options.Json
                ? await new JsonRun(entered, texts, screen).RunAsync(ct)
                : await TalkAsync(entered, options, texts, screen, ct);
        }
        catch (OutputGoneException)
        {
            await entered.TryLogoutAsync(ct);
            throw;
        }
    }

    private static async Task<int> TalkAsync(Entered entered, CliOptions options, CliTexts texts, IScreen screen, CancellationToken ct)
    {
        var (client, welcome) = (entered.Client, entered.Welcome);
        var voice = new Voice(screen, texts, Palette.FromEnvironment(screen.IsInteractive));
        var places = new Places(welcome.User, welcome.Rooms.Select(Conversation.Room).FirstOrDefault());
        if (screen is TerminalScreen terminal) terminal.Completer = new Completer(client, places).CompleteAsync;
        voice.Note(texts.Welcome(options.Daemon.ToString(), TextRules.Harmless(welcome.User)));
        if (welcome.Direct.Count > 0) voice.Note(texts.DirectListed(TextRules.Harmless(string.Join(", ", welcome.Direct.Select(d => $"@{d.User}")))));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var outage = new Outage(voice, TimeProvider.System);
        var input = new InputLoop(client, places, voice, outage);
        var printing = new EventPrinter(client, places, voice, outage, input).RunAsync(ct);
        var typing = input.RunAsync(over.Token);
        if (await Task.WhenAny(printing, typing) == printing)
        {
            await over.CancelAsync();
            await ((Task)typing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var end = await printing;
            await input.SettleAsync();
            return End(end, entered, voice);
        }
        if (await typing && await entered.TryLogoutAsync(ct)) await printing;
        return input.HasRefusals && !screen.IsInteractive ? ExitStatus.Refused : ExitStatus.Ok;
    }

    private static int End(ChatEvent.SessionEnded? end, Entered entered, Voice voice)
    {
        entered.Token.Heard(end?.Reason);
        if (end is null or { Reason: ByeReason.Logout }) return ExitStatus.Ok;
        voice.Screen.Print(voice.Palette.Alarm(RefusalWords.SayEnd(voice.Texts, end)));
        return end.Reason is ClientCode.Unreachable ? ExitStatus.CannotConnect : ExitStatus.Refused;
    }
}
