using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Chat.Client.Programs;
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
        var root = new RootCommand(texts.Program) { BuildWorker() };
        foreach (var option in arguments.All) root.Options.Add(option);
        root.SetAction((line, _) => new LoadRun(arguments.Read(line), texts, TimeProvider.System).RunAsync());
        foreach (var option in root.Options)
        {
            if (option is HelpOption) option.Description = texts.OptionHelp;
            else if (option is VersionOption) option.Description = texts.OptionVersion;
        }

        return root;
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
