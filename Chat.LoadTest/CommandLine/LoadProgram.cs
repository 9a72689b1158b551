using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Chat.Client.Programs;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Workers;
using Chat.Protocol;

namespace Chat.LoadTest.CommandLine;

/// <summary>Runs the load test, or the hidden subcommand that starts its worker processes.</summary>
internal static class LoadProgram
{
    public const string WorkerSubcommand = "worker";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var locale = Locale.FromEnvironment();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(locale.Language); // the language of the parser's texts
        var texts = new LoadTexts(locale.Language);
        var line = BuildRoot(texts).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (line.Errors.Count > 0) throw new LoadException(ExitStatus.WrongUsage, line.Errors[0].Message);
            return await line.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (LoadException e)
        {
            await Console.Error.WriteLineAsync(TextRules.Harmless(e.Message));
            return e.Status;
        }
    }

    private static RootCommand BuildRoot(LoadTexts texts)
    {
        var arguments = new LoadArguments(texts);
        var root = new RootCommand(texts.Program)
        {
            BuildWorker(), ReportCommand.Build(texts), CompareCommand.Build(texts), JoinCommands.BuildCoordinate(texts),
            JoinCommands.BuildWork(texts),
        };
        foreach (var option in arguments.All) root.Options.Add(option);
        var init = new Option<string?>("--init") { Description = texts.OptionInit, HelpName = "FILE" };
        root.Options.Add(init);
        root.SetAction((line, _) => line.GetValue(init) is { } file
            ? Init(file, texts)
            : new LoadRun(arguments.Read(line), texts, TimeProvider.System, new WorkerSource()).RunAsync());
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        }

        return root;
    }

    private static Task<int> Init(string file, LoadTexts texts)
    {
        ScenarioFile.Init(file, texts);
        Console.Out.WriteLine(TextRules.Harmless(texts.Initialized(file, ScenarioFile.SchemaName)));
        return Task.FromResult(ExitStatus.Ok);
    }

    private static Command BuildWorker()
    {
        var worker = new Command(WorkerSubcommand) { Hidden = true };
        worker.SetAction(async (_, cancellation) =>
        {
            using var run = WorkerRun.OfProcess();
            return await run.RunAsync(cancellation);
        });
        return worker;
    }
}
