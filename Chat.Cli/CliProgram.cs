using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The command line.</summary>
internal static class CliProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var locale = Locale.FromEnvironment();
        var language = AskedLanguage(arguments) ?? locale.Language;
        // the parser's texts are not folded to ASCII
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(locale.IsUtf8 ? language : "en");
        var texts = new CliTexts(language, locale.IsUtf8);
        if (!StandardStreams.HasOutput)
        {
            await Console.Error.WriteLineAsync(texts.OutputGone(texts.OutputClosed));
            return ExitStatus.OutputGone;
        }
        var result = Tree(texts, locale).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count == 0)
        {
            var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await result.InvokeAsync(plain);
        }
        foreach (var error in result.Errors) await Console.Error.WriteLineAsync(TextRules.Harmless(error.Message));
        return ExitStatus.WrongUsage;
    }

    private static RootCommand Tree(CliTexts texts, Locale locale)
    {
        var connect = new Option<string?>("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT" };
        var tls = new Option<bool>("--tls") { Description = texts.OptionTls };
        var authorities = new Option<string?>("--ca") { Description = texts.OptionCa, HelpName = "FILE" };
        var register = new Option<string?>("--register")
        {
            Description = texts.OptionRegister,
            HelpName = "CODE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var user = new Option<string?>("--user") { Description = texts.OptionUser, HelpName = "NAME" };
        var password = new Option<bool>("--password") { Description = texts.OptionPassword };
        var room = new Option<string[]>("--room") { Description = texts.OptionRoom, HelpName = "ROOM" };
        var language = new Option<string?>("--lang") { Description = texts.OptionLang, HelpName = "pt-BR|en" };
        var json = new Option<bool>("--json") { Description = texts.OptionJson };
        connect.Validators.Add(r => Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        user.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is not { } name || UserName.TryParse(name, out _), texts.BadName));
        room.Validators.Add(r =>
            Check(r, (r.GetValueOrDefault<string[]?>() ?? []).All(name => RoomName.TryParse(name, out _)), texts.BadName));
        language.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is null or "pt-BR" or "en", texts.BadLanguage));
        var root = new RootCommand($"{texts.Program}\n\n{texts.ExitStatuses}")
        {
            connect, tls, authorities, user, password, register, room, language, json,
        };
        root.SetAction(async (line, ct) =>
        {
            var daemon = DaemonAddress.TryParse(line.GetValue(connect) ?? "", out var given) ? given : DaemonAddress.Default;
            var file = line.GetValue(authorities);
            if (!TryTrust(file, texts, out var trust)) return ExitStatus.WrongUsage;
            return await ChatRun.RunAsync(
                new CliOptions(
                    daemon, line.GetValue(tls) || file is not null, trust, line.GetValue(user), line.GetValue(password),
                    line.GetResult(register) is not null, line.GetValue(register), line.GetValue(room) ?? [],
                    line.GetValue(language) ?? locale.Language, line.GetValue(json)),
                texts, locale, ct);
        });
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        }

        return root;
    }

    private static bool TryTrust(string? file, CliTexts texts, out RemoteCertificateValidationCallback? trust)
    {
        trust = null;
        try
        {
            if (file is not null) trust = CertificateTrust.FromFile(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine(texts.BadCa(TextRules.Harmless(file!), TextRules.Harmless(e.Message)));
            return false;
        }
    }

    private static void Check(System.CommandLine.Parsing.OptionResult result, bool isGood, Func<string, string> complaint)
    {
        if (!isGood) result.AddError(complaint(result.Tokens.Count > 0 ? result.Tokens[0].Value : ""));
    }

    /// <summary>Read before parsing, so that help and errors of the parser are in this language too.</summary>
    private static string? AskedLanguage(string[] arguments)
    {
        var at = Array.FindIndex(arguments, a => a == "--lang" || a.StartsWith("--lang=", StringComparison.Ordinal));
        if (at < 0) return null;
        var value = arguments[at].Contains('=') ? arguments[at][7..] : at + 1 < arguments.Length ? arguments[at + 1] : null;
        return CliTexts.Languages.FirstOrDefault(l => l == value);
    }
}
