using System.CommandLine;

namespace Chat.Cli.Configuration;

/// <summary><c>chat config init</c> and <c>chat config path</c>.</summary>
internal static class ConfigCommand
{
    public static Command Of(CliTexts texts)
    {
        var init = new Command("init", texts.CommandConfigInit);
        init.SetAction(_ => Init(texts));
        var path = new Command("path", texts.CommandConfigPath);
        path.SetAction(_ => Console.Out.WriteLine(ConfigFile.Location));
        return new Command("config", texts.CommandConfig) { init, path };
    }

    private static int Init(CliTexts texts)
    {
        try
        {
            ConfigFile.Create(ConfigFile.Location, texts);
        }
        catch (ConfigException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitStatus.WrongUsage;
        }
        Console.Out.WriteLine(texts.ConfigWritten(ConfigFile.Shown(ConfigFile.Location)));
        return ExitStatus.Ok;
    }
}
