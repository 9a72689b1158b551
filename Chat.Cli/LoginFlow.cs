using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Logs in: asks for the name, tries the saved session, then asks for the password if the account has one.</summary>
internal sealed class LoginFlow(CliOptions options, CliTexts texts, IScreen screen)
{
    /// <summary>Password attempts before giving up.</summary>
    private const int PasswordAttempts = 3;

    private string? password = Environment.GetEnvironmentVariable("CHAT_PASSWORD") is { Length: > 0 } given ? given : null;

    private bool hasRunCommand;

    /// <summary>The code of the last refusal; null if there was none.</summary>
    public string? RefusedWith { get; private set; }

    /// <summary>Null if the user gave up or was refused; the reason has been shown.</summary>
    /// <exception cref="ChatConnectionException">Could not connect.</exception>
    public async Task<LoggedIn?> EnterAsync(CancellationToken ct)
    {
        var client = NewClient();
        try
        {
            await client.ConnectAsync(ct); // report a wrong address before asking anything
            if (await AskUserAsync(ct) is { } user && (!options.Registers || await RegisterAsync(user, ct))
                && await EnterAsync(client, user, ct) is { } loggedIn)
            {
                return loggedIn;
            }
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
        await client.DisposeAsync();
        return null;
    }

    private async Task<string?> AskUserAsync(CancellationToken ct)
    {
        if (options.User is not null) return options.User;
        var user = await screen.ReadLineAsync(() => texts.AskUser, "", ct);
        return user?.Trim();
    }

    private ChatClient NewClient() => new(new ChatClientOptions
    {
        Host = options.Daemon.First.Host,
        Port = options.Daemon.First.Port,
        OtherAddresses = options.Daemon.Others,
        Tls = options.Tls,
        CertificateCheck = options.Trust,
        Program = "chat",
        Language = options.Language,
        GiveUpAfter = screen.IsInteractive ? null : TimeSpan.FromMinutes(2), // a script would wait forever
    });

    /// <summary>Uses a connection of its own, because registering logs in without a room.</summary>
    private async Task<bool> RegisterAsync(string user, CancellationToken ct)
    {
        await using var client = NewClient();
        while (true)
        {
            if (await AskNewPasswordAsync(user, ct) is not { } chosen) return false;
            var answer = await TryTwiceAsync(() => client.RegisterAsync(user, chosen, options.Invitation, ct));
            if (!answer.IsRefused)
            {
                await client.LogoutAsync(ct);
                password = chosen;
                if (!options.Json) screen.Print(texts.Registered(TextRules.Harmless(user)));
                return true;
            }
            RefusedWith = answer.Refusal.Code;
            var why = RefusalTexts.Say(texts, answer.Refusal);
            if (answer.Refusal.Code != RefusalCode.BadArguments || password is not null)
            {
                await Console.Error.WriteLineAsync(texts.NotRegistered(why));
                return false;
            }
            screen.Print(why); // the password is too short: only that is asked for again
        }
    }

    /// <summary>Null if the user gave up, or there is no terminal to ask at.</summary>
    private async Task<string?> AskNewPasswordAsync(string user, CancellationToken ct)
    {
        if (password is not null || await TryRunPasswordCommandAsync(ct)) return password;
        if (!screen.IsInteractive) await Console.Error.WriteLineAsync(texts.PasswordRequired);
        while (true)
        {
            var first = await screen.ReadSecretAsync(texts.AskNewPassword(TextRules.Harmless(user)), ct);
            if (first is null) return null;
            var second = await screen.ReadSecretAsync(texts.AskPasswordAgain, ct);
            if (second is null || first == second) return second;
            screen.Print(texts.PasswordsDiffer);
        }
    }

    private async Task<LoggedIn?> EnterAsync(ChatClient client, string user, CancellationToken ct)
    {
        var token = SavedToken.Open(options.Daemon.First, user, texts);
        LoggedIn? loggedIn = null;
        try
        {
            loggedIn = await EnterAsync(client, user, token, ct);
        }
        finally
        {
            if (loggedIn is null) token.Dispose();
        }
        return loggedIn;
    }

    private async Task<LoggedIn?> EnterAsync(ChatClient client, string user, SavedToken token, CancellationToken ct)
    {
        Refusal? dead = null;
        if (!options.Registers && !options.AsksPassword && token.Value is { } kept)
        {
            var again = await TryTwiceAsync(() => client.LoginAsync(new LoginRequest { Token = kept, Rooms = options.Rooms }, ct));
            if (!again.IsRefused) return new(client, again.Value, token, LoginMethod.SavedSession);
            dead = again.Refusal;
            RefusedWith = dead.Code;
            if (TokenActions.After(dead.Code) is TokenAction.Keep)
            {
                await Console.Error.WriteLineAsync(texts.SessionKept(RefusalTexts.Say(texts, dead)));
                return null;
            }
            if (dead.Code is RefusalCode.BadToken)
                await Console.Error.WriteLineAsync(texts.SessionUnknown(options.Daemon.ToString(), Server(client)));
        }
        if (options.AsksPassword && password is null && !await TryAskPasswordAsync(user, ct)) return null;
        var answer = await LoginAsync(client, user, ct);
        if (answer.IsRefused)
        {
            RefusedWith = answer.Refusal.Code;
            token.DiscardIfEnded(dead?.Code);
            await Console.Error.WriteLineAsync(texts.LoginRefused(RefusalTexts.Say(texts, answer.Refusal)));
            // Without a session before, the name may be reserved, or look like another.
            if (dead is not null && answer.Refusal.Code is RefusalCode.NameTaken)
                await Console.Error.WriteLineAsync(texts.NameInUse(options.Daemon.ToString()));
            return null;
        }
        token.Replace(answer.Value.Token!);
        return new(client, answer.Value, token, password is null ? LoginMethod.Guest : LoginMethod.Password);
    }

    private static string Server(ChatClient client) => TextRules.Harmless($"{client.Hello?.Server} {client.Hello?.Version}".Trim());

    private async Task<Answer<DaemonFrame.Welcome>> LoginAsync(ChatClient client, string user, CancellationToken ct)
    {
        for (var asked = 0; ; asked++)
        {
            var request = new LoginRequest { User = user, Password = password, Rooms = options.Rooms };
            var answer = await TryTwiceAsync(() => client.LoginAsync(request, ct));
            if (answer.Refusal?.Code is not (RefusalCode.PasswordRequired or RefusalCode.WrongPassword) || asked == PasswordAttempts)
                return answer;
            if (asked > 0) screen.Print(RefusalTexts.Say(texts, answer.Refusal));
            if (!await TryAskPasswordAsync(user, ct)) return answer;
        }
    }

    private async Task<bool> TryAskPasswordAsync(string user, CancellationToken ct)
    {
        if (await TryRunPasswordCommandAsync(ct)) return true;
        if (!screen.IsInteractive && password is null) await Console.Error.WriteLineAsync(texts.PasswordRequired);
        password = await screen.ReadSecretAsync(texts.AskPassword(TextRules.Harmless(user)), ct);
        return password is not null;
    }

    /// <summary>Once: a password that it prints may be wrong.</summary>
    private async Task<bool> TryRunPasswordCommandAsync(CancellationToken ct)
    {
        if (hasRunCommand || options.PasswordCommand is not { } command) return false;
        hasRunCommand = true;
        var (printed, problem) = await PasswordProgram.RunAsync(
            command, screen.IsInteractive, PasswordProgram.Patience, texts, ct);
        if (problem is not null) await Console.Error.WriteLineAsync(texts.PasswordCommandFailed(problem));
        password = printed ?? password;
        return printed is not null;
    }

    /// <summary>The daemon closes a connection that takes too long to log in, for example while the user looks up the password.</summary>
    private static async Task<Answer<DaemonFrame.Welcome>> TryTwiceAsync(Func<Task<Answer<DaemonFrame.Welcome>>> ask)
    {
        var answer = await ask();
        return answer.Refusal?.Code == ClientCode.ConnectionLost ? await ask() : answer;
    }
}
