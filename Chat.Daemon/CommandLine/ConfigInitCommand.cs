using System.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary><c>config init</c>: writes a commented settings file; never overwrites one.</summary>
internal static class ConfigInitCommand
{
    public static Command Create(ProcessEnvironment environment)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", DefaultValueFactory = _ => "chatd.json" };
        var command = new Command("init", environment.Texts.ConfigInit) { file };
        command.SetAction(line =>
        {
            var path = line.GetRequiredValue(file);
            Write(path, environment);
            environment.Output.WriteLine(environment.Texts.Written(Printable.Escape(path)));
            return ExitStatus.Ok;
        });
        return command;
    }

    private static void Write(string path, ProcessEnvironment environment)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew);
            using var writer = new StreamWriter(stream);
            writer.Write(SettingsTemplate.Write(environment.SettingTexts));
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.FileExists(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.FileNotWritable(path, e.Message));
        }
    }
}
