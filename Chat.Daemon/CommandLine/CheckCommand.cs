using System.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;

namespace Chat.Daemon.CommandLine;

/// <summary><c>check</c>: checks everything that would stop a start, one line per check.</summary>
internal static class CheckCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var data = new Option<string?>("--data")
        {
            HelpName = "[DIR]",
            Description = environment.Texts.CheckData,
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("check", environment.Texts.Check);
        sources.AddTo(command, data);
        command.SetAction(line =>
        {
            var results = Results(sources.From(line, data), line.GetResult(data) is not null, environment).ToList();
            foreach (var result in results) environment.Output.WriteLine(Printable.Escape(Say(result, environment.Texts)));
            var problems = results.Where(result => result.Problem is not null).ToList();
            return (problems.Find(problem => !problem.IsHeld) ?? problems.FirstOrDefault())?.Status ?? ExitStatus.Ok;
        });
        return command;
    }

    private static string Say(CheckResult result, ProgramTexts texts) => result switch
    {
        { Skipped: { } why } => $"{texts.CheckSkipped} {result.Name}: {why}",
        { Problem: { } problem } => $"{(result.IsHeld ? texts.CheckHeld : texts.CheckProblem)} {result.Name}: {problem}",
        _ => $"ok {result.Name}",
    };

    private static IEnumerable<CheckResult> Results(SettingSources sources, bool withData, ProcessEnvironment environment)
    {
        var texts = environment.Texts;
        yield return new CheckResult(texts.CheckIcu, UnicodeCheck.Problem(texts));

        var reading = ChatOptions.Read(sources.Load(environment.SettingTexts), environment.SettingTexts);
        foreach (var problem in reading.Problems)
            yield return new CheckResult(texts.CheckSettings, problem);
        if (reading.Problems.Count > 0)
            yield break;
        yield return new CheckResult(texts.CheckSettings, null);

        var options = reading.Options;
        if (options.Tls.Certificate.Length > 0)
        {
            var file = CertificateFile.Load(options.Tls, TimeProvider.System.GetUtcNow(), environment.SettingTexts);
            yield return new CheckResult(texts.CheckCertificate(options.Tls.Certificate), file.Problem ?? file.Outdated);
        }
        var isHeld = StateFolder.IsHeld(options.DataFolder);
        foreach (var result in PortCheck.Results(options, texts))
        {
            var isOurs = isHeld && result.Status == ExitStatus.InUse;
            yield return isOurs ? result with { Problem = texts.PortProbablyHeld, IsHeld = true } : result;
        }
        var folders = FolderCheck.Results(options, isHeld, texts).ToList();
        foreach (var result in folders)
            yield return result;
        if (options.IsOnServer)
            yield return ServerCheck.Result(options, texts, environment.Language);
        if (withData)
            yield return DatabaseResult(options, folders[0], environment);
    }

    /// <summary>Skips the files of a running daemon, and a folder that is unusable.</summary>
    private static CheckResult DatabaseResult(ChatOptions options, CheckResult folder, ProcessEnvironment environment)
    {
        var data = options.DataFolder;
        var name = environment.Texts.CheckDatabase(data);
        if (options.IsOnServer) return new CheckResult(name, null) { Skipped = environment.Texts.DatabaseOnServer };
        return folder.Problem is null
            ? new CheckResult(name, environment.DatabaseProblem(data, environment.Language), ExitStatus.DatabaseUnusable)
            : new CheckResult(name, null) { Skipped = folder.IsHeld ? environment.Texts.SkippedHeld : environment.Texts.SkippedFolder };
    }
}
