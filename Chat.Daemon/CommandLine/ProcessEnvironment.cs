using System.Collections;
using System.Globalization;
using Chat.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>Everything that the program gets from its process; tests provide their own.</summary>
/// <param name="Variables">The environment variables.</param>
/// <param name="OpenLog">Opens the log in a folder; null for a log without files.</param>
/// <param name="DatabaseProblem">Checks the database in a data folder; what is wrong, in a language, or null if it is fine.</param>
internal sealed record ProcessEnvironment(
    TextWriter Output, TextWriter Error, string Language, IReadOnlyDictionary<string, string> Variables,
    Func<string?, ILoggerFactory> OpenLog, Func<string, string, string?> DatabaseProblem)
{
    /// <summary>Whether standard error is a terminal, not a file or a pipe.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Asks a question and returns the answer; null if standard input is no terminal.</summary>
    public Func<string, string?>? Ask { get; init; }

    /// <summary>Called when the order to stop has come, on any thread, perhaps more than once.</summary>
    public Action<ILogger> StopBegins { get; init; } = static _ => { };

    public ProgramTexts Texts { get; private init; } = new(Language);

    public SettingTexts SettingTexts { get; private init; } = new(Language);

    public ProcessEnvironment In(string language) =>
        this with { Language = language, Texts = new(language), SettingTexts = new(language) };

    public static ProcessEnvironment OfProcess(Func<string?, ILoggerFactory> openLog, Func<string, string, string?> databaseProblem) => new(
        Console.Out, Console.Error, Configuration.Texts.LanguageOf(CultureInfo.CurrentUICulture),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        openLog, databaseProblem)
    {
        IsErrorTerminal = !Console.IsErrorRedirected,
        Ask = Console.IsInputRedirected ? null : question =>
        {
            Console.Error.Write(question);
            return Console.ReadLine();
        },
    };
}
