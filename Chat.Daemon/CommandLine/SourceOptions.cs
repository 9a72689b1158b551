using System.CommandLine;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.CommandLine;

/// <summary>The options of every command that reads the daemon's settings: short names for common settings, and the file to read.</summary>
internal sealed class SourceOptions(ProcessEnvironment environment, SettingArguments settingArguments)
{
    private readonly Option<string> listen = new("--listen") { HelpName = "HOST:PORT", Description = environment.Texts.OptionListen };
    private readonly Option<string> http = new("--http") { HelpName = "HOST:PORT|off", Description = environment.Texts.OptionHttp };
    private readonly Option<string?> data = new("--data") { HelpName = "DIR", Description = environment.Texts.OptionData };
    private readonly Option<string[]> plugins = new("--plugins") { HelpName = "DIR", Description = environment.Texts.OptionPlugins };
    private readonly Option<string> config = new("--config") { HelpName = "FILE", Description = environment.Texts.OptionConfig };

    /// <param name="dataOption">The command's own <c>--data</c>, if it means more than a folder.</param>
    public void AddTo(Command command, Option<string?>? dataOption = null)
    {
        foreach (var option in new Option[] { listen, http, dataOption ?? data, plugins, config })
            command.Options.Add(option);
        settingArguments.For(command);
    }

    public SettingSources From(ParseResult line, Option<string?>? dataOption = null)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Set(given, "Chat:Listen:Tcp", line.GetValue(listen));
        Set(given, "Chat:Listen:Http", line.GetValue(http));
        Set(given, "Chat:Data:Folder", (dataOption is null ? null : line.GetValue(dataOption)) ?? line.GetValue(data));
        foreach (var (index, folder) in (line.GetValue(plugins) ?? []).Index())
            given[$"Chat:Plugins:Folders:{index}"] = folder;
        foreach (var (key, value) in settingArguments.Settings)
            given[key] = value;
        return new SettingSources(Files(line.GetValue(config)), environment.Variables, given);
    }

    private static void Set(Dictionary<string, string> given, string key, string? value)
    {
        if (value is not null)
            given[key] = value;
    }

    private static SettingsFile[] Files(string? named) =>
        [new("/etc/chatd/chatd.json", Required: false), named is null ? new("chatd.json", Required: false) : new(named, Required: true)];
}
