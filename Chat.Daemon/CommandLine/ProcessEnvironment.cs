using System.Collections;
using System.Globalization;
using Chat.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>What the process gives the program; a test gives its own.</summary>
/// <param name="OpenLog">Makes the log in a folder, or without files where that is null.</param>
/// <param name="DatabaseProblem">Looks at the database in a data folder; null if it is well.</param>
internal sealed record ProcessEnvironment(
    TextWriter Output, TextWriter Error, string Language, IReadOnlyDictionary<string, string> Environment,
    Func<string?, ILoggerFactory> OpenLog, Func<string, string?> DatabaseProblem)
{
    /// <summary>Whether standard error is a terminal, not a file or a pipe.</summary>
    public bool IsErrorWatched { get; init; }

    public ProgramTexts Texts { get; } = new(Language);

    public SettingTexts SettingTexts { get; } = new(Language);

    public static ProcessEnvironment OfProcess(Func<string?, ILoggerFactory> openLog, Func<string, string?> databaseProblem) => new(
        Console.Out, Console.Error, Configuration.Texts.LanguageOf(CultureInfo.CurrentUICulture),
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        openLog, databaseProblem) { IsErrorWatched = !Console.IsErrorRedirected };
}
