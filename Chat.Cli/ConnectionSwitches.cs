using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Net.Security;
using System.Security.Cryptography;
using Chat.Cli.Configuration;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>
/// What every sub-command takes: the profile, the daemon, the user, the language and the form of the output. What the command line does
/// not give is taken from the configuration.
/// </summary>
internal sealed class ConnectionSwitches
{
    private readonly Option<string?> connect, authorities, user, language;
    private readonly Option<bool> tls, json;
    private readonly Argument<string?> profile;
    private readonly CliTexts texts;
    private readonly Config config;

    public ConnectionSwitches(CliTexts texts, Config config)
    {
        (this.texts, this.config) = (texts, config);
        profile = new("PROFILE") { Description = texts.ArgumentProfile, Arity = ArgumentArity.ZeroOrOne };
        connect = new("--connect") { Description = texts.OptionConnect, HelpName = "HOST:PORT,…", Recursive = true };
        tls = new("--tls") { Description = texts.OptionTls, Recursive = true };
        authorities = new("--ca") { Description = texts.OptionCa, HelpName = "FILE", Recursive = true };
        user = new("--user") { Description = texts.OptionUser, HelpName = "NAME", Recursive = true };
        language = new("--lang") { Description = texts.OptionLang, HelpName = "pt-BR|en", Recursive = true };
        json = new("--json") { Description = texts.OptionJson, Recursive = true };
        connect.Validators.Add(r => Check(r, DaemonAddresses.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        user.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is not { } name || UserName.TryParse(name, out _), texts.BadName));
        language.Validators.Add(r => Check(r, r.GetValueOrDefault<string?>() is null or "pt-BR" or "en", texts.BadLanguage));
        profile.Validators.Add(CheckProfile);
        profile.CompletionSources.Add(_ => config.Profiles.Keys.Select(name => new CompletionItem(name)));
    }

    /// <summary>The profile that the line names, if any.</summary>
    public string? ProfileOf(ParseResult line) => line.GetResult(profile) is { Tokens: [var token, ..] } ? token.Value : null;

    /// <param name="between">Those that the help shows before the language.</param>
    public void AddTo(RootCommand root, params ReadOnlySpan<Option> between)
    {
        root.Arguments.Add(profile);
        foreach (var option in (Option[])[connect, tls, authorities, user, .. between, language, json]) root.Options.Add(option);
    }

    /// <summary>Null if the configuration or the file of <c>--ca</c> cannot be used, which has been reported.</summary>
    /// <param name="rooms">To join; null for those of the configuration, of the account, or the daemon's default room.</param>
    public CliOptions? Read(ParseResult line, Locale locale, IReadOnlyList<string>? rooms)
    {
        if (config.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
            return null;
        }
        var settings = config.Of(ProfileOf(line));
        var daemon = DaemonAddresses.TryParse(line.GetValue(connect) ?? "", out var given) ? given : settings.Connect;
        var name = line.GetValue(user) ?? settings.User;
        if (!TryTrust(line.GetValue(authorities) ?? settings.Ca, out var trust)) return null;
        return new CliOptions(
            daemon ?? DaemonAddresses.Default, UsesTls(line, settings), trust, name, AsksPassword: false, Registers: false,
            Invitation: null, rooms ?? settings.Rooms, line.GetValue(language) ?? settings.Language ?? locale.Language, line.GetValue(json))
        {
            // another daemon, or another user, must not get the password
            PasswordCommand = $"{daemon}" == $"{settings.Connect}" && name == settings.User ? settings.PasswordCommand : null,
            Settings = settings.ToSettings(),
            Keys = new KeyBindings(settings.Keys),
        };
    }

    private bool UsesTls(ParseResult line, ProfileOptions settings)
    {
        if (line.GetValue(authorities) is not null) return true;
        return line.GetResult(tls) is { Implicit: false } ? line.GetValue(tls) : settings.Tls ?? settings.Ca is not null;
    }

    public static void Check(OptionResult result, bool isGood, Func<string, string> complaint)
    {
        if (!isGood) result.AddError(complaint(result.Tokens.Count > 0 ? result.Tokens[0].Value : ""));
    }

    /// <summary>
    /// A file that cannot be used is reported by <see cref="Read"/>; whether the profile exists is not known then. An unknown option
    /// arrives here too.
    /// </summary>
    private void CheckProfile(ArgumentResult result)
    {
        if (result.Tokens is not [var token, ..]) return;
        if (token.Value.StartsWith('-')) result.AddError(texts.NoSuchOption(LineFormat.Clean(token.Value)));
        else if (config.Problem is null && !config.Profiles.ContainsKey(token.Value))
            result.AddError(texts.NoSuchProfile(LineFormat.Clean(token.Value), ConfigFile.Shown(ConfigFile.Location)));
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
