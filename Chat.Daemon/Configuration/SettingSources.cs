using Microsoft.Extensions.Configuration;

namespace Chat.Daemon.Configuration;

/// <summary>Where settings come from, weakest first: files, the environment, the command line. The defaults below them are in code.</summary>
/// <param name="Files">In the order in which they overrule each other.</param>
internal sealed record SettingSources(
    IReadOnlyList<SettingsFile> Files, IReadOnlyDictionary<string, string> Environment, IReadOnlyDictionary<string, string> CommandLine)
{
    private const string EnvironmentPrefix = "Chat__";

    /// <summary>Reads every source anew.</summary>
    public IReadOnlyList<SettingLayer> Load(SettingTexts texts) =>
    [
        .. Files.Select(file => file.Load(texts)).OfType<SettingLayer>(),
        SettingLayer.Of(texts.Environment, Environment
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value))),
        SettingLayer.Of(texts.CommandLine, CommandLine),
    ];
}

/// <summary>A settings file: JSON that may hold comments and trailing commas.</summary>
/// <param name="Required">Named by the operator: it must be there.</param>
internal sealed record SettingsFile(string Path, bool Required)
{
    /// <summary>Null where there is no such file and none is required.</summary>
    public SettingLayer? Load(SettingTexts texts)
    {
        try
        {
            using var content = new MemoryStream(File.ReadAllBytes(Path));
            var configuration = new ConfigurationBuilder().AddJsonStream(content).Build();
            return SettingLayer.Of(Path, configuration.AsEnumerable()
                .Where(entry => entry.Value is not null)
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value!)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Required ? SettingLayer.Broken(Path, texts.FileMissing(Path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SettingLayer.Broken(Path, texts.FileUnreadable(Path, e.Message));
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or InvalidDataException)
        {
            return SettingLayer.Broken(Path, texts.FileNotJson(Path, e.GetBaseException().Message));
        }
    }
}
