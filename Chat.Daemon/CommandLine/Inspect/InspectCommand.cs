using System.CommandLine;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.CommandLine.Inspect;

/// <summary>
/// <c>inspect PATH...</c>: reads plugins like the daemon does before it starts them. Runs none of their code and needs no daemon.
/// </summary>
internal static class InspectCommand
{
    public static Command Create(ProcessEnvironment environment)
    {
        var texts = new InspectTexts(environment.Language);
        var paths = new Argument<string[]>("PATH") { HelpName = "PATH...", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("inspect", texts.Description) { paths };
        command.SetAction(line => line.GetValue(paths) is { Length: > 0 } given
            ? Inspect(given, texts, environment) : throw new StartupException(ExitStatus.WrongUsage, texts.PathMissing));
        return command;
    }

    private static int Inspect(string[] paths, InspectTexts texts, ProcessEnvironment environment)
    {
        var report = new InspectionReport(texts);
        var copies = Directory.CreateTempSubdirectory("chatd-inspect-");
        var staging = new StagingFolder(copies.FullName);
        try
        {
            // All of them, even after one is refused.
            var isAccepted = paths.Select(path => Inspect(path, new(staging), report, texts, environment)).ToList();
            return isAccepted.TrueForAll(accepted => accepted) ? ExitStatus.Ok : ExitStatus.WrongUsage;
        }
        finally
        {
            staging.Prune(new HashSet<string>());
            copies.Delete(recursive: true);
        }
    }

    private static bool Inspect(
        string path, PluginInspector inspector, InspectionReport report, InspectTexts texts, ProcessEnvironment environment)
    {
        if (!Path.Exists(path))
        {
            environment.Error.WriteLine(Printable.Escape(texts.NothingThere(path)));
            return false;
        }
        var found = inspector.Inspect(SourceAt(path));
        foreach (var line in report.Lines(found)) environment.Output.WriteLine(line);
        return found.Candidate is not null;
    }

    /// <summary>A DLL in a folder of the same name stands for the folder, as it does for the daemon.</summary>
    private static PluginSource SourceAt(string given)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Directory.Exists(path) ? path
            : Path.GetDirectoryName(path) is { } parent && Path.GetFileName(parent) == name ? parent : null;
        return folder is null ? new(name, path, null, PluginOrigin.Dropped)
            : new(Path.GetFileName(folder), Path.Combine(folder, Path.GetFileName(folder) + ".dll"), folder, PluginOrigin.Dropped);
    }
}
