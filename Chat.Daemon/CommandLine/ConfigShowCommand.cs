using System.CommandLine;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary><c>config show</c>: each setting, its value and the source that said so.</summary>
internal static class ConfigShowCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment around)
    {
        var command = new Command("show", around.Texts.ConfigShow);
        sources.AddTo(command);
        command.SetAction(line =>
        {
            using var options = new OptionsSource(sources.From(line), around.SettingTexts);
            Write(options.Values, around.Output);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static void Write(IReadOnlyList<SettingValue> values, TextWriter output)
    {
        var keys = values.Max(value => value.Key.Length);
        var texts = values.Max(value => Printable.Escape(value.Shown).Length);
        foreach (var value in values)
            output.WriteLine($"{value.Key.PadRight(keys)}  {Printable.Escape(value.Shown).PadRight(texts)}  {Printable.Escape(value.Source)}");
    }
}
