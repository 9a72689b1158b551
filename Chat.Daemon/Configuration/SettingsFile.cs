using Microsoft.Extensions.Configuration;

namespace Chat.Daemon.Configuration;

/// <summary>A settings file: JSON with comments and trailing commas.</summary>
/// <param name="Required">The operator named it, so it must exist.</param>
internal sealed record SettingsFile(string Path, bool Required)
{
    /// <summary>Null if an optional file does not exist.</summary>
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
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or InvalidDataException
            or InvalidOperationException) // an escape for half a surrogate pair
        {
            return SettingLayer.Broken(Path, texts.FileNotJson(Path, e.GetBaseException().Message));
        }
    }
}
