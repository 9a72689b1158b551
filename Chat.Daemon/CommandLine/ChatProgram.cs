using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Chat.Daemon.CommandLine.Dev;
using Chat.Daemon.CommandLine.Inspect;
using Chat.Daemon.CommandLine.Sdk;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;

namespace Chat.Daemon.CommandLine;

/// <summary>The command line: its commands, and how each failure becomes an exit status and a sentence.</summary>
internal static class ChatProgram
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ProcessEnvironment environment)
    {
        try
        {
            environment = LanguageOption.ReadEarly(arguments, environment);
            var given = SettingArguments.From(arguments, environment.Texts);
            var line = Tree(environment, given).Parse(given.Rest, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (line.Errors.Count > 0)
                throw new StartupException(ExitStatus.WrongUsage, Explain(line, environment.Texts));
            if (given.Settings.Count > 0 && !given.AreAcceptedBy(line.CommandResult.Command))
                throw new StartupException(ExitStatus.WrongUsage, environment.Texts.UnknownArgument("--" + given.Settings.First().Key));
            // On SIGTERM the daemon stops by its own rules, without the parser's time limit.
            return await line.InvokeAsync(new InvocationConfiguration
            {
                Output = environment.Output,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e)
        {
            var failure = e switch
            {
                StartupException startup => startup,
                StorageUnusableException unusable => new StartupException(unusable.Status, unusable.In(environment.Language)),
                _ => new StartupException(ExitStatus.Failed, environment.Texts.Failed(e.GetType().Name, e.Message)),
            };
            foreach (var sentence in failure.Sentences)
                await environment.Error.WriteLineAsync(Printable.Escape(sentence));
            return failure.Status;
        }
    }

    private static RootCommand Tree(ProcessEnvironment environment, SettingArguments given)
    {
        var sources = new SourceOptions(environment, given);
        var root = new RootCommand(environment.Texts.Program)
        {
            CheckCommand.Create(sources, environment),
            new Command("config", environment.Texts.Config)
            {
                ConfigShowCommand.Create(sources, environment),
                ConfigInitCommand.Create(environment),
            },
            new Command("account", environment.Texts.AccountCommands)
            {
                AccountPasswordCommand.Create(sources, environment),
                AccountExportCommand.Create(sources, environment),
                AccountEraseCommand.Create(sources, environment),
            },
            new Command("admin", environment.Texts.Admin)
            {
                AccountPasswordCommand.CreateForAdmin(sources, environment),
            },
            BackupCommand.Create(sources, environment),
            RestoreCommand.Create(sources, environment),
            MigrateCommand.Create(environment),
            InspectCommand.Create(environment),
            SdkCommand.Create(environment),
            DevCommand.Create(given, environment),
        };
        sources.AddTo(root);
        root.Options.Add(LanguageOption.Create(environment.Texts));
        root.SetAction((line, cancellation) => RunCommand.RunAsync(sources.From(line), environment, cancellation));
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                (option.Description, option.Action) = (environment.Texts.OptionHelp, new HelpScreen(given, environment));
            else if (option is VersionOption)
                option.Description = environment.Texts.OptionVersion;
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
        return line.Errors[0].SymbolResult is OptionResult option
            ? texts.ValueMissing(option.Option.Name) : texts.SubcommandMissing(line.CommandResult.Command.Name);
    }

    private static IEnumerable<string> Names(Command command) =>
        [.. command.Subcommands.Select(sub => sub.Name), .. command.Options.Select(option => option.Name), "--help"];
}
