using System.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary><c>check</c>: looks at everything a start would stumble over, one line each.</summary>
internal static class CheckCommand
{
    public static Command Create(SourceOptions sources, Surroundings around)
    {
        var data = new Option<string?>("--data") { HelpName = "[DIR]", Description = around.Texts.CheckData, Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("check", around.Texts.Check);
        sources.AddTo(command, data);
        command.SetAction(line =>
        {
            var results = Results(sources.From(line, data), line.GetResult(data) is not null, around).ToList();
            foreach (var result in results)
                around.Output.WriteLine(Printable.Escape(result.Problem is { } problem ? $"{around.Texts.CheckProblem} {result.Name}: {problem}" : $"ok {result.Name}"));
            return results.FirstOrDefault(result => result.Problem is not null)?.Status ?? ExitStatus.Ok;
        });
        return command;
    }

    private static IEnumerable<CheckResult> Results(SettingSources sources, bool withData, Surroundings around)
    {
        var texts = around.Texts;
        yield return new CheckResult(texts.CheckIcu, UnicodeCheck.Problem(texts));

        var reading = ChatOptions.Read(sources.Load(around.SettingTexts), around.SettingTexts);
        foreach (var problem in reading.Problems)
            yield return new CheckResult(texts.CheckSettings, problem);
        if (reading.Problems.Count > 0)
            yield break;
        yield return new CheckResult(texts.CheckSettings, null);

        var options = reading.Options;
        if (options.Tls.Certificate.Length > 0)
        {
            var file = CertificateFile.Load(options.Tls, TimeProvider.System.GetUtcNow(), around.SettingTexts);
            yield return new CheckResult(texts.CheckCertificate(options.Tls.Certificate), file.Problem ?? file.Outdated);
        }
        foreach (var result in PortCheck.Results(options.Listen, texts).Concat(FolderCheck.Results(options, texts)))
            yield return result;
        if (withData)
            yield return new CheckResult(texts.CheckDatabase(options.DataFolder), around.DatabaseProblem(options.DataFolder), ExitStatus.DatabaseUnusable);
    }
}
