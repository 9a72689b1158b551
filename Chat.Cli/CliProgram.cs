using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Chat.Cli.Configuration;
using Chat.Cli.Scripts;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The command line.</summary>
internal static class CliProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var locale = Locale.FromEnvironment();
        var asked = AskedLanguage(arguments);
        var texts = Speak(asked ?? locale.Language, locale);
        if (!StandardStreams.HasOutput)
        {
            await Console.Error.WriteLineAsync(texts.OutputGone(texts.OutputClosed));
            return ExitStatus.OutputGone;
        }
        var config = Load(texts);
        var (result, switches) = Parse(texts);
        if (asked is null && config.Of(switches.ProfileOf(result)).Language is { } language && language != locale.Language)
            (result, switches) = Parse(Speak(language, locale));
        if (result.Errors.Count == 0)
        {
            var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await result.InvokeAsync(plain);
        }
        foreach (var error in result.Errors) await Console.Error.WriteLineAsync(TextRules.Harmless(error.Message));
        return ExitStatus.WrongUsage;

        (ParseResult, ConnectionSwitches) Parse(CliTexts spoken)
        {
            var given = new ConnectionSwitches(spoken, config);
            return (Tree(given, spoken, locale).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }), given);
        }
    }

    private static CliTexts Speak(string language, Locale locale)
    {
        // the parser's texts are not folded to ASCII
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(locale.IsUtf8 ? language : "en");
        return new CliTexts(language, locale.IsUtf8);
    }

    private static Config Load(CliTexts texts)
    {
        try
        {
            return ConfigFile.Load(ConfigFile.Location, texts);
        }
        catch (ConfigException e)
        {
            return new Config { Problem = e.Message };
        }
    }

    private static RootCommand Tree(ConnectionSwitches switches, CliTexts texts, Locale locale)
    {
        var register = new Option<string?>("--register")
        {
            Description = texts.OptionRegister,
            HelpName = "CODE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var password = new Option<bool>("--password") { Description = texts.OptionPassword };
        var room = new Option<string[]>("--room") { Description = texts.OptionRoom, HelpName = "ROOM" };
        room.Validators.Add(r => ConnectionSwitches.Check(
            r, (r.GetValueOrDefault<string[]?>() ?? []).All(name => RoomName.TryParse(name, out _)), texts.BadName));
        var root = new RootCommand($"{texts.Program}\n\n{texts.ExitStatuses}\n\n{texts.ScriptStatuses}");
        switches.AddTo(root, password, register, room);
        root.SetAction(async (line, ct) =>
        {
            var rooms = line.GetValue(room) is { Length: > 0 } given ? given : null;
            if (switches.Read(line, locale, rooms) is not { } options) return ExitStatus.WrongUsage;
            options = options with
            {
                AsksPassword = line.GetValue(password),
                Registers = line.GetResult(register) is not null,
                Invitation = line.GetValue(register),
            };
            return await ChatRun.RunAsync(options, texts, locale, ct);
        });
        foreach (var command in ScriptCommands.All(switches, texts, locale)) root.Subcommands.Add(command);
        root.Subcommands.Add(ConfigCommand.Of(texts));
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        }

        return root;
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
