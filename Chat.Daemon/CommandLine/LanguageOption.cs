using System.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// <c>--lang</c>, on every command: the language of what the program prints. Without it, the locale decides. The language of chat sessions
/// is a setting.
/// </summary>
internal static class LanguageOption
{
    private const string Name = "--lang";

    public static Option Create(ProgramTexts texts) => new Option<string>(Name)
    {
        HelpName = string.Join('|', Texts.Languages),
        Description = texts.OptionLang,
        Recursive = true,
    };

    /// <summary>Reads the option before everything else is parsed, so that help and errors are in its language too.</summary>
    /// <exception cref="StartupException">There are no texts in that language.</exception>
    public static ProcessEnvironment ReadEarly(IReadOnlyList<string> arguments, ProcessEnvironment environment)
    {
        var given = arguments.Zip(arguments.Skip(1).Append("")).Select(pair =>
                pair.First == Name ? pair.Second : pair.First.StartsWith(Name + "=", StringComparison.Ordinal) ? pair.First[7..] : null)
            .FirstOrDefault(value => value is not null);
        if (given is null or "") return environment; // the parser refuses an option without a value
        return Texts.Languages.Contains(given)
            ? environment.In(given)
            : throw new StartupException(ExitStatus.WrongUsage, environment.Texts.BadLanguage(given));
    }
}
