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
        var palette = Palette.FromEnvironment(screen.IsInteractive);
        var places = new Places(welcome.User, welcome.Rooms.Select(Conversation.Room).FirstOrDefault());
        if (screen is TerminalScreen terminal) terminal.Completer = new Completer(client, places).CompleteAsync;
        screen.Print(palette.Dim(texts.Welcome(options.Daemon.ToString(), TextRules.Harmless(welcome.User))));
        if (welcome.Direct.Count > 0) screen.Print(palette.Dim(texts.DirectListed(TextRules.Harmless(string.Join(", ", welcome.Direct.Select(d => $"@{d.User}"))))));

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var input = new InputLoop(client, places, texts, screen, palette);
        var printing = new EventPrinter(client, places, texts, screen, palette).RunAsync(ct);
        var typing = input.RunAsync(over.Token);
        if (await Task.WhenAny(printing, typing) == printing)
        {
            await over.CancelAsync();
            await ((Task)typing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return End(await printing, entered, texts, screen, palette);
        }
        if (!await typing) return input.HasRefusals && !screen.IsInteractive ? ExitStatus.Refused : ExitStatus.Ok;
        if (await entered.TryLogoutAsync(ct)) await printing;
        return input.HasRefusals && !screen.IsInteractive ? ExitStatus.Refused : ExitStatus.Ok;
    }

    private static int End(ChatEvent.SessionEnded? end, Entered entered, CliTexts texts, IScreen screen, Palette palette)
    {
        if (end?.Reason is ByeReason.SessionEnded or ByeReason.Banned or RefusalCode.BadToken or ByeReason.Logout) entered.Token?.Delete();
        if (end is null or { Reason: ByeReason.Logout }) return ExitStatus.Ok;
        screen.Print(palette.Alarm(RefusalWords.SayEnd(texts, end)));
        return end.Reason is ClientCode.Unreachable ? ExitStatus.CannotConnect : ExitStatus.Refused;
    }
}
