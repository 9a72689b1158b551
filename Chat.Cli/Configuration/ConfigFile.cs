using System.Text;
using System.Text.Json;
using Chat.Protocol;

namespace Chat.Cli.Configuration;

/// <summary>The file <c>config.json</c>, read once when the program starts.</summary>
internal static class ConfigFile
{
    /// <summary>Bytes; a longer file is something else.</summary>
    private const int Longest = 64 * 1_024;

    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary><c>chat/config.json</c> under XDG_CONFIG_HOME, or under ~/.config.</summary>
    public static string Location => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "chat", "config.json");

    /// <summary>What the file says; nothing if there is none.</summary>
    /// <exception cref="ConfigException">It cannot be read, or a setting is unknown or wrong.</exception>
    public static Config Load(string path, CliTexts texts)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = new byte[Longest + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length > Longest) throw new ConfigException(texts.BadConfig(Shown(path), texts.ConfigTooLong));
            var config = new ConfigReader(path, texts).Read(ConfigNode.Parse(content.AsSpan(0, length)));
            if (config.Profiles.Values.Prepend(config.Defaults).Any(p => p.PasswordCommand is not null)) RefuseWritable(file, path, texts);
            return config;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && new FileInfo(path).LinkTarget is null)
        {
            return new Config();
        }
        catch (JsonException e)
        {
            throw new ConfigException(texts.BadConfigLine(Shown(path), (e.LineNumber ?? 0) + 1, texts.ConfigNotJson));
        }
        catch (UnauthorizedAccessException)
        {
            throw new ConfigException(texts.BadConfig(Shown(path), texts.ConfigUnreadable));
        }
        catch (IOException e)
        {
            throw new ConfigException(texts.BadConfig(Shown(path), TextRules.Harmless(e.Message)));
        }
    }

    /// <summary>Writes a commented file that only its owner can read.</summary>
    /// <exception cref="ConfigException">There is one already, or it cannot be written.</exception>
    public static void Create(string path, CliTexts texts)
    {
        try
        {
            if (File.Exists(path)) throw new ConfigException(texts.ConfigExists(Shown(path)));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersOnly;
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(ConfigTemplate.Of(texts.Language)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(texts.ConfigNotWritten(Shown(path), TextRules.Harmless(e.Message)));
        }
    }

    public static string Shown(string path) => TextRules.Harmless(path);

    /// <summary>The file names a program: whoever may write to it, or replace it, could run programs as this user.</summary>
    private static void RefuseWritable(FileStream file, string path, CliTexts texts)
    {
        if (OperatingSystem.IsWindows()) return; // the folder of the user is private there
        if ((File.GetUnixFileMode(file.SafeFileHandle) & OthersMayWrite) != 0)
            throw new ConfigException(texts.ConfigWritable(Shown(path)));
        var folder = Path.GetDirectoryName(path)!;
        if (File.GetUnixFileMode(folder) is var mode && (mode & OthersMayWrite) != 0 && (mode & UnixFileMode.StickyBit) == 0)
            throw new ConfigException(texts.ConfigFolderWritable(Shown(path), Shown(folder)));
    }
}
