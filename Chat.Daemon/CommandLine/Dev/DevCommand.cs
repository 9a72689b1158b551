using System.CommandLine;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary><c>dev PROJECT</c>: a daemon for its author alone, which follows the sources of one plugin.</summary>
internal static class DevCommand
{
    public static Command Create(SettingArguments given, ProcessEnvironment around)
    {
        var project = new Argument<string?>("PROJECT") { HelpName = "PROJECT", Arity = ArgumentArity.ZeroOrOne };
        var listen = new Option<string>("--listen") { HelpName = "HOST:PORT", Description = around.Texts.OptionListen, DefaultValueFactory = _ => "127.0.0.1:5050" };
        var data = new Option<string?>("--data") { HelpName = "DIR", Description = around.Texts.DevData };
        var command = new Command("dev", around.Texts.Dev) { project, listen, data };
        var settings = given.For(command);
        command.SetAction(async (line, cancellation) =>
        {
            var path = ProjectAt(line.GetValue(project) ?? ".", around.Texts);
            using var interrupt = new DevInterrupt(cancellation);
            using var claim = new DevClaim(path, around.Texts);
            using var place = new DevPlace();
            await using var daemon = new DevDaemon(place, line.GetRequiredValue(listen), line.GetValue(data), settings, around);
            await new DevLoop(new(path, around.Texts), new(path, place, around), place, daemon, around).RunAsync(interrupt.Token);
            return ExitStatus.Ok;
        });
        return command;
    }

    /// <summary>A project, the folder of one, or what the template made.</summary>
    private static string ProjectAt(string given, ProgramTexts texts)
    {
        var path = Path.GetFullPath(given);
        var inner = Path.Combine(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        var found = File.Exists(path) && Path.GetExtension(path).EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? [path]
            : new[] { path, inner }.Where(Directory.Exists).Select(folder => Directory.GetFiles(folder, "*.*proj")).FirstOrDefault(files => files.Length > 0) ?? [];
        return found is [var one] ? one : throw new StartupException(ExitStatus.WrongUsage, texts.DevProjectMissing(given));
    }
}
