using System.CommandLine;
using System.CommandLine.Invocation;

namespace Chat.Daemon.CommandLine;

/// <summary>Writes the help of a command in the operator's language: the parser's own speaks one language and knows nothing of settings and statuses.</summary>
internal sealed class HelpScreen(SettingArguments given, ProcessEnvironment around) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = around.Output;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine($"{around.Texts.HelpUsage}: {Usage(command)}");
        WriteList(around.Texts.HelpCommands, command.Subcommands.Select(sub => (Title(sub), sub.Description)));
        WriteList(around.Texts.HelpOptions, Options(command));
        if (command is RootCommand)
        {
            output.WriteLine();
            output.WriteLine(around.Texts.HelpMore);
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
        .. command.Options.Where(option => !option.Name.EndsWith("help", StringComparison.Ordinal))
            .Select(option => (option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}", option.Description)),
        .. given.AreTakenBy(command) ? [("--Chat:Section:Key=value", around.Texts.OptionSetting)] : Array.Empty<(string, string?)>(),
        ("--help", around.Texts.OptionHelp),
    ];

    private void WriteList(string title, IEnumerable<(string Name, string? Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        around.Output.WriteLine();
        around.Output.WriteLine($"{title}:");
        var width = all.Max(row => row.Name.Length);
        foreach (var (name, description) in all)
            around.Output.WriteLine($"  {name.PadRight(width)}  {description}");
    }
}
