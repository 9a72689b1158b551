using System.CommandLine;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary><c>dev PROJECT</c>: runs a private daemon and reloads a plugin when its sources change.</summary>
internal static class DevCommand
{
    /// <summary>On the usual one, clients would come back with tokens that this daemon does not know, and lose their sessions.</summary>
    private const string UnusualAddress = "127.0.0.1:5055";

    public static Command Create(SettingArguments given, ProcessEnvironment environment)
    {
        var project = new Argument<string?>("PROJECT") { HelpName = "PROJECT", Arity = ArgumentArity.ZeroOrOne };
        var listen = new Option<string>("--listen")
        {
            HelpName = "HOST:PORT",
            Description = environment.Texts.DevListen,
            DefaultValueFactory = _ => UnusualAddress,
        };
        var data = new Option<string?>("--data") { HelpName = "DIR", Description = environment.Texts.DevData };
        var command = new Command("dev", environment.Texts.Dev) { project, listen, data };
        var settings = given.For(command);
        command.SetAction(async (line, cancellation) =>
        {
            var path = ProjectAt(line.GetValue(project) ?? ".", environment.Texts);
            using var termination = new TerminationSignal(cancellation);
            using var devLock = new DevLock(path, environment.Texts);
            using var folder = new DevFolder();
            await using var daemon = new DevDaemon(folder, line.GetRequiredValue(listen), line.GetValue(data), settings, environment);
            var loop = new DevLoop(new(path, environment.Texts), new(path, folder, environment), folder, daemon, environment);
            await loop.RunAsync(termination.Token);
            return ExitStatus.Ok;
        });
        return command;
    }

    /// <summary>A project, a folder with exactly one, or a folder that the template made.</summary>
    private static string ProjectAt(string given, ProgramTexts texts)
    {
        var path = Path.GetFullPath(given);
        var inner = Path.Combine(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        var isProject = File.Exists(path) && Path.GetExtension(path).EndsWith("proj", StringComparison.OrdinalIgnoreCase);
        var found = isProject ? [path]
            : new[] { path, inner }.Where(Directory.Exists).Select(folder => Directory.GetFiles(folder, "*.*proj"))
                .FirstOrDefault(files => files.Length > 0) ?? [];
        return found is [var one] ? one : throw new StartupException(ExitStatus.WrongUsage, texts.DevProjectMissing(given));
    }
}
