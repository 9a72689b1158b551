using System.CommandLine;
using System.CommandLine.Invocation;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// Prints a command's help in the user's language, with the settings and exit statuses that the parser's own help leaves out.
/// </summary>
internal sealed class HelpScreen(SettingArguments settingArguments, ProcessEnvironment environment) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = environment.Output;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine($"{environment.Texts.HelpUsage}: {Usage(command)}");
        WriteList(environment.Texts.HelpCommands, command.Subcommands.Select(sub => (Title(sub), sub.Description)));
        WriteList(environment.Texts.HelpOptions, Options(command));
        if (command is RootCommand)
        {
            output.WriteLine();
            output.WriteLine(environment.Texts.HelpMore);
        }
        return 0;
    }

    private static string Usage(Command command)
    {
        var path = string.Join(' ', Path(command));
        return command.Subcommands.Count == 0 ? $"{path}{Arguments(command)} [...]"
            : command is RootCommand ? $"{path} [COMMAND] [...]" : $"{path} COMMAND [...]";
    }

    private static IEnumerable<string> Path(Command command) =>
        command is RootCommand ? ["chatd"] : [.. command.Parents.OfType<Command>().Take(1).SelectMany(Path), command.Name];

    private static string Title(Command command) => command.Name + Arguments(command);

    private static string Arguments(Command command) => string.Concat(command.Arguments.Select(argument => $" [{argument.HelpName}]"));

    private IEnumerable<(string, string?)> Options(Command command) =>
    [
        .. OwnAndRecursive(command).Where(option => !option.Name.EndsWith("help", StringComparison.Ordinal))
            .Select(option => (option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}", option.Description)),
        .. settingArguments.AreAcceptedBy(command)
            ? [("--Chat:Section:Key=value", environment.Texts.OptionSetting)] : Array.Empty<(string, string?)>(),
        ("--help", environment.Texts.OptionHelp),
    ];

    private static IEnumerable<Option> OwnAndRecursive(Command command) =>
        [.. command.Options, .. command.Parents.OfType<Command>().SelectMany(OwnAndRecursive).Where(option => option.Recursive)];

    private void WriteList(string title, IEnumerable<(string Name, string? Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        environment.Output.WriteLine();
        environment.Output.WriteLine($"{title}:");
        var width = all.Max(row => row.Name.Length);
        foreach (var (name, description) in all)
            environment.Output.WriteLine($"  {name.PadRight(width)}  {description}");
    }
}
