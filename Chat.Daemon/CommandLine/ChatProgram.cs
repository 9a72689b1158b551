using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Chat.Daemon.CommandLine.Dev;
using Chat.Daemon.CommandLine.Inspect;
using Chat.Daemon.CommandLine.Sdk;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>The command line as a whole: what there is, and how every failure ends in a status and a sentence.</summary>
internal static class ChatProgram
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ProcessEnvironment around)
    {
        try
        {
            var given = SettingArguments.From(arguments, around.Texts);
            var line = Tree(around, given).Parse(given.Rest, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (line.Errors.Count > 0)
                throw new StartupException(ExitStatus.WrongUsage, Explain(line, around.Texts));
            if (given.Settings.Count > 0 && !given.AreTakenBy(line.CommandResult.Command))
                throw new StartupException(ExitStatus.WrongUsage, around.Texts.UnknownArgument("--" + given.Settings.First().Key));
            // The daemon stops by its own rules on SIGTERM, without the parser's time limit.
            return await line.InvokeAsync(new InvocationConfiguration
            {
                Output = around.Output, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e)
        {
            var failure = e as StartupException ?? new StartupException(ExitStatus.Failed, around.Texts.Failed(e.GetType().Name, e.Message));
            foreach (var sentence in failure.Sentences)
                await around.Error.WriteLineAsync(Printable.Escape(sentence));
            return failure.Status;
        }
    }

    private static RootCommand Tree(ProcessEnvironment around, SettingArguments given)
    {
        var sources = new SourceOptions(around, given);
        var root = new RootCommand(around.Texts.Program)
        {
            CheckCommand.Create(sources, around),
            new Command("config", around.Texts.Config)
            {
                ConfigShowCommand.Create(sources, around),
                ConfigInitCommand.Create(around),
            },
            new Command("account", around.Texts.AccountCommands)
            {
                AccountPasswordCommand.Create(sources, around),
            },
            InspectCommand.Create(around),
            SdkCommand.Create(around),
            DevCommand.Create(given, around),
        };
        sources.AddTo(root);
        root.SetAction((line, cancellation) => RunCommand.RunAsync(sources.From(line), around, cancellation));
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                (option.Description, option.Action) = (around.Texts.OptionHelp, new HelpScreen(given, around));
            else if (option is VersionOption)
                option.Description = around.Texts.OptionVersion;
        }
        return root;
    }

    private static string Explain(ParseResult line, ProgramTexts texts)
    {
        if (line.UnmatchedTokens is [var unknown, ..])
        {
            return NearestName.Of(unknown, Names(line.CommandResult.Command), atMost: 3) is { } nearest
                ? texts.MistypedArgument(unknown, nearest) : texts.UnknownArgument(unknown);
        }
        return line.Errors[0].SymbolResult is OptionResult option ? texts.ValueMissing(option.Option.Name) : texts.SubcommandMissing(line.CommandResult.Command.Name);
    }

    private static IEnumerable<string> Names(Command command) =>
        [.. command.Subcommands.Select(sub => sub.Name), .. command.Options.Select(option => option.Name), "--help"];
}
