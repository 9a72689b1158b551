using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;

namespace Chat.Cli.Scripts;

/// <summary>One run of a sub-command for scripts: logs in without asking, does its work, and ends.</summary>
internal static class ScriptRun
{
    public static async Task<int> RunAsync(
        CliOptions options, CliTexts texts, Locale locale, Func<ScriptSession, CancellationToken, Task<int>> work, CancellationToken ct)
    {
        if (options.User is null)
        {
            await Console.Error.WriteLineAsync(texts.UserRequired);
            return ExitStatus.WrongUsage;
        }
        var screen = new PipeScreen(StandardStreams.OpenInput(), StandardStreams.OpenOutput(), locale.IsUtf8 || options.Json);
        return await ChatRun.CatchAsync(options, texts, async () =>
        {
            var login = new LoginFlow(options, texts, screen);
            if (await login.EnterAsync(ct) is not { } loggedIn)
                return login.RefusedWith is { } code ? RefusalStatus.Of(code) : RefusalStatus.Login;
            await using var client = loggedIn.Client;
            using var token = loggedIn.Token;
            try
            {
                return await work(new ScriptSession(client, options, texts, screen), ct);
            }
            finally
            {
                await LeaveAsync(loggedIn);
            }
        });
    }

    /// <summary>A saved session belongs to the user's terminal too; any other one is over with the script.</summary>
    private static async Task LeaveAsync(LoggedIn loggedIn)
    {
        if (loggedIn.Method is LoginMethod.SavedSession) return;
        if (await loggedIn.TryLogoutAsync(CancellationToken.None)) loggedIn.Token.DiscardIfEnded(Protocol.ByeReason.Logout);
    }
}
