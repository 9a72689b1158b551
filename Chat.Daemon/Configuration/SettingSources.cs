namespace Chat.Daemon.Configuration;

/// <summary>The sources of settings, weakest first: files, the environment, the command line. Defaults are in code.</summary>
/// <param name="Files">A later file overrides an earlier one.</param>
internal sealed record SettingSources(
    IReadOnlyList<SettingsFile> Files, IReadOnlyDictionary<string, string> Environment, IReadOnlyDictionary<string, string> CommandLine)
{
    private const string EnvironmentPrefix = "Chat__";

    /// <summary>Reads every source.</summary>
    public IReadOnlyList<SettingLayer> Load(SettingTexts texts) =>
    [
        .. Files.Select(file => file.Load(texts)).OfType<SettingLayer>(),
        SettingLayer.Of(texts.Environment, Environment
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value))),
        SettingLayer.Of(texts.CommandLine, CommandLine),
    ];
}
