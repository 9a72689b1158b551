using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Runtime.InteropServices;
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
            : RunAsync(arguments, line, texts));
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        }

        return root;
    }

    private static Task<int> RunAsync(LoadArguments arguments, ParseResult line, LoadTexts texts)
    {
        var options = arguments.Read(line);
        arguments.ThrowIfTooManyFiles(options);
        return new LoadRun(options, texts, TimeProvider.System, new WorkerSource()).RunAsync();
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
            // Ctrl-C reaches every process in the terminal, but only the load test acts on it.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
            using var run = WorkerRun.OfProcess();
            return await run.RunAsync(cancellation);
        });
        return worker;
    }
}
