using System.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary><c>config show</c>: prints each setting, its value and its source.</summary>
internal static class ConfigShowCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var command = new Command("show", environment.Texts.ConfigShow);
        sources.AddTo(command);
        command.SetAction(line =>
        {
            using var options = new OptionsSource(sources.From(line), environment.SettingTexts);
            Write(options.Values, environment.Output);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static void Write(IReadOnlyList<SettingValue> values, TextWriter output)
    {
        var keys = values.Max(value => value.Key.Length);
        var texts = values.Max(value => Printable.Escape(value.Shown).Length);
        foreach (var value in values)
        {
            var shown = Printable.Escape(value.Shown).PadRight(texts);
            output.WriteLine($"{value.Key.PadRight(keys)}  {shown}  {Printable.Escape(value.Source)}");
        }
    }
}
