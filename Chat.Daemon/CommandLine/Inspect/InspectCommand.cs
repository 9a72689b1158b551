using System.CommandLine;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.CommandLine.Inspect;

/// <summary><c>inspect PATH…</c>: reads plugins as a daemon does before it starts them. Nothing of them runs, and no daemon has to.</summary>
internal static class InspectCommand
{
    public static Command Create(ProcessEnvironment around)
    {
        var texts = new InspectTexts(around.Language);
        var paths = new Argument<string[]>("PATH") { HelpName = "PATH...", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("inspect", texts.Description) { paths };
        command.SetAction(line => line.GetValue(paths) is { Length: > 0 } given
            ? Inspect(given, texts, around) : throw new StartupException(ExitStatus.WrongUsage, texts.PathMissing));
        return command;
    }

    private static int Inspect(string[] paths, InspectTexts texts, ProcessEnvironment around)
    {
        var report = new InspectionReport(texts);
        var copies = Directory.CreateTempSubdirectory("chatd-inspect-");
        var staging = new StagingFolder(copies.FullName);
        try
        {
            // To the end, also behind one that is refused.
            return paths.Select(path => Inspect(path, new(staging), report, texts, around)).ToList().TrueForAll(isTaken => isTaken) ? ExitStatus.Ok : ExitStatus.WrongUsage;
        }
        finally
        {
            staging.Prune(new HashSet<string>());
            copies.Delete(recursive: true);
        }
    }

    private static bool Inspect(string path, PluginInspector inspector, InspectionReport report, InspectTexts texts, ProcessEnvironment around)
    {
        if (!Path.Exists(path))
        {
            around.Error.WriteLine(Printable.Escape(texts.NothingThere(path)));
            return false;
        }
        var found = inspector.Inspect(SourceAt(path));
        foreach (var line in report.Lines(found)) around.Output.WriteLine(line);
        return found.Candidate is not null;
    }

    /// <summary>A DLL in a folder of its own name is the folder's, as it is to the daemon.</summary>
    private static PluginSource SourceAt(string given)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { } around && Path.GetFileName(around) == name ? around : null;
        return folder is null ? new(name, path, null, PluginOrigin.Dropped)
            : new(Path.GetFileName(folder), Path.Combine(folder, Path.GetFileName(folder) + ".dll"), folder, PluginOrigin.Dropped);
    }
}
