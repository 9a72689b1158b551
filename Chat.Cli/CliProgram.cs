using System.CommandLine;
using System.CommandLine.Help;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The command line.</summary>
internal static class CliProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var locale = Locale.FromEnvironment();
        var texts = new CliTexts(AskedLanguage(arguments) ?? locale.Language, locale.IsUtf8);
        if (!StandardStreams.HasOutput)
        {
            await Console.Error.WriteLineAsync(texts.OutputGone(texts.OutputClosed));
            return ExitStatus.OutputGone;
        }
        var result = Tree(texts, locale).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count == 0) return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        foreach (var error in result.Errors) await Console.Error.WriteLineAsync(Protocol.TextRules.Harmless(error.Message));
        return ExitStatus.WrongUsage;
    }

    private static RootCommand Tree(CliTexts texts, Locale locale)
    {
        var connect = new Option<string?>("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT" };
        var tls = new Option<bool>("--tls") { Description = texts.OptionTls };
        var user = new Option<string?>("--user") { Description = texts.OptionUser, HelpName = "NAME" };
        var room = new Option<string[]>("--room") { Description = texts.OptionRoom, HelpName = "ROOM" };
        var language = new Option<string?>("--lang") { Description = texts.OptionLang, HelpName = "pt-BR|en" };
        var json = new Option<bool>("--json") { Description = texts.OptionJson };
        connect.Validators.Add(r => Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        user.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is not { } name || UserName.TryParse(name, out _), texts.BadName));
        room.Validators.Add(r => Check(r, (r.GetValueOrDefault<string[]?>() ?? []).All(name => RoomName.TryParse(name, out _)), texts.BadName));
        language.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is null or "pt-BR" or "en", texts.BadLanguage));
        var root = new RootCommand(texts.Program) { connect, tls, user, room, language, json };
        root.SetAction((line, ct) =>
        {
            var daemon = DaemonAddress.TryParse(line.GetValue(connect) ?? "", out var given) ? given : DaemonAddress.Default;
            var options = new CliOptions(daemon, line.GetValue(tls), line.GetValue(user), line.GetValue(room) ?? [], line.GetValue(language) ?? locale.Language, line.GetValue(json));
            return ChatRun.RunAsync(options, texts, locale, ct);
        });
        foreach (var option in root.Options)
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        return root;
    }

    private static void Check(System.CommandLine.Parsing.OptionResult result, bool isGood, Func<string, string> complaint)
    {
        if (!isGood) result.AddError(complaint(result.Tokens.Count > 0 ? result.Tokens[0].Value : ""));
    }

    /// <summary>Read ahead of the parser: its own help and complaints are in that language too.</summary>
    private static string? AskedLanguage(string[] arguments)
    {
        var at = Array.FindIndex(arguments, a => a == "--lang" || a.StartsWith("--lang=", StringComparison.Ordinal));
        if (at < 0) return null;
        var value = arguments[at].Contains('=') ? arguments[at][7..] : at + 1 < arguments.Length ? arguments[at + 1] : null;
        return CliTexts.Languages.FirstOrDefault(l => l == value);
    }
}
