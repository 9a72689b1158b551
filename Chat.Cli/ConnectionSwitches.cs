using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Security;
using System.Security.Cryptography;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The options that every sub-command takes: the daemon, the user, the language and the form of the output.</summary>
internal sealed class ConnectionSwitches
{
    private readonly Option<string?> connect, authorities, user, language;
    private readonly Option<bool> tls, json;
    private readonly CliTexts texts;

    public ConnectionSwitches(CliTexts texts)
    {
        this.texts = texts;
        connect = new("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT", Recursive = true };
        tls = new("--tls") { Description = texts.OptionTls, Recursive = true };
        authorities = new("--ca") { Description = texts.OptionCa, HelpName = "FILE", Recursive = true };
        user = new("--user") { Description = texts.OptionUser, HelpName = "NAME", Recursive = true };
        language = new("--lang") { Description = texts.OptionLang, HelpName = "pt-BR|en", Recursive = true };
        json = new("--json") { Description = texts.OptionJson, Recursive = true };
        connect.Validators.Add(r => Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        user.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is not { } name || UserName.TryParse(name, out _), texts.BadName));
        language.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is null or "pt-BR" or "en", texts.BadLanguage));
    }

    /// <param name="between">Those that the help shows before the language.</param>
    public void AddTo(RootCommand root, params ReadOnlySpan<Option> between)
    {
        foreach (var option in (Option[])[connect, tls, authorities, user, .. between, language, json]) root.Options.Add(option);
    }

    /// <summary>Null if the file of <c>--ca</c> cannot be used, which has been reported.</summary>
    /// <param name="rooms">To join; null for those of the account, or the daemon's default room.</param>
    public CliOptions? Read(ParseResult line, Locale locale, IReadOnlyList<string>? rooms)
    {
        var daemon = DaemonAddress.TryParse(line.GetValue(connect) ?? "", out var given) ? given : DaemonAddress.Default;
        var file = line.GetValue(authorities);
        if (!TryTrust(file, out var trust)) return null;
        return new CliOptions(
            daemon, line.GetValue(tls) || file is not null, trust, line.GetValue(user), AsksPassword: false, Registers: false,
            Invitation: null, rooms, line.GetValue(language) ?? locale.Language, line.GetValue(json));
    }

    public static void Check(OptionResult result, bool isGood, Func<string, string> complaint)
    {
        if (!isGood) result.AddError(complaint(result.Tokens.Count > 0 ? result.Tokens[0].Value : ""));
    }

    private bool TryTrust(string? file, out RemoteCertificateValidationCallback? trust)
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
}
