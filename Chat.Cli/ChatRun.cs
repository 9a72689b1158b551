using System.Net.Sockets;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>One run of the program, from the connection to its exit status.</summary>
internal static class ChatRun
{
    public static async Task<int> RunAsync(CliOptions options, CliTexts texts, Locale locale, CancellationToken ct)
    {
        var isTerminal = !options.Json && StandardStreams.HasInput && !Console.IsInputRedirected && !Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        using var terminal = isTerminal ? OpenTerminal(options, locale) : null;
        IScreen screen = terminal
            ?? (IScreen)new PipeScreen(StandardStreams.OpenInput(), StandardStreams.OpenOutput(), locale.IsUtf8 || options.Json);
        if (options.User is null && !screen.IsInteractive)
        {
            await Console.Error.WriteLineAsync(texts.UserRequired);
            return ExitStatus.WrongUsage;
        }
        return await CatchAsync(options, texts, async () =>
        {
            if (await new LoginFlow(options, texts, screen).EnterAsync(ct) is not { } loggedIn) return ExitStatus.Refused;
            await using var client = loggedIn.Client;
            using var token = loggedIn.Token;
            return await SessionRun.RunAsync(loggedIn, Begin, ct);

            IDialogue Begin() =>
                options.Json ? new JsonDialogue(loggedIn, texts, screen)
                    : new TextDialogue(loggedIn, options.Daemon.First, options.Settings, texts, screen);
        });
    }

    /// <summary>The program that prints the password may ask for another one first, in the same terminal.</summary>
    private static TerminalScreen OpenTerminal(CliOptions options, Locale locale) =>
        TerminalScreen.Open(locale.IsUtf8, options.Keys, readsAtOnce: options.PasswordCommand is null);

    /// <summary>Says why a run ended early, and returns its exit status.</summary>
    public static async Task<int> CatchAsync(CliOptions options, CliTexts texts, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OutputGoneException e)
        {
            await Console.Error.WriteLineAsync(texts.OutputGone(TextRules.Harmless(e.Message)));
            return ExitStatus.OutputGone;
        }
        catch (ChatConnectionException e)
        {
            var isNothingThere = e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            var daemon = options.Daemon.ToString();
            await Console.Error.WriteLineAsync(
                isNothingThere ? texts.NothingListens(daemon) : texts.CannotConnect(daemon, TextRules.Harmless(e.Message)));
            return ExitStatus.CannotConnect;
        }
    }
}
