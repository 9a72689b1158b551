using System.Text.Json;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli.Configuration;

/// <summary>Checks the settings of a file.</summary>
internal sealed class ConfigReader(string path, CliTexts texts)
{
    /// <summary>Sub-commands of <c>chat</c>: a profile of such a name could not be chosen.</summary>
    internal static readonly string[] Commands = ["send", "tail", "history", "run", "completion", "config"];

    private static readonly string[] Names =
        ["connect", "tls", "ca", "user", "rooms", "password-command", "lang", "numbers", "joins", "notify", "levels", "theme", "colors",
            "aliases", "keys", "profiles"];

    /// <exception cref="ConfigException">A setting is unknown or wrong.</exception>
    public Config Read(ConfigNode file)
    {
        var profiles = new Dictionary<string, ProfileOptions>();
        foreach (var group in Settings(file, texts.ConfigWhole).Where(setting => setting.Name == "profiles"))
            foreach (var profile in Settings(group)) profiles[NameOfProfile(profile)] = Options(profile, isProfile: true);
        return new Config { Defaults = Options(file, isProfile: false), Profiles = profiles };
    }

    private ProfileOptions Options(ConfigNode group, bool isProfile)
    {
        var options = new ProfileOptions();
        foreach (var setting in Settings(group))
        {
            options = setting.Name switch
            {
                "connect" => options with { Connect = Addresses(setting) },
                "tls" => options with { Tls = Flag(setting) },
                "ca" => options with { Ca = FullPath(Text(setting)) },
                "user" => options with { User = Checked(setting, Text(setting), name => UserName.TryParse(name, out _), texts.BadName) },
                "rooms" => options with { Rooms = [.. Elements(setting).Select(Room)] },
                "password-command" => options with { PasswordCommand = Text(setting) },
                "lang" => options with { Language = Checked(setting, Text(setting), CliTexts.Languages.Contains, texts.BadLanguage) },
                "numbers" => options with { Numbers = Flag(setting) },
                "joins" => options with { Joins = Flag(setting) },
                "notify" => options with { Notify = OneOf<NotifyBy>(setting) },
                "levels" => Levels(options, setting),
                "theme" => options with { Theme = OneOf<ThemeName>(setting) },
                "colors" => options with { Styles = Styles(setting) },
                "aliases" => options with { Aliases = Settings(setting).ToDictionary(NameOfAlias, Text) },
                "keys" => options with { Keys = Keys(setting) },
                "profiles" when !isProfile => options,
                _ => throw Wrong(setting, texts.ConfigUnknown(
                    Shown(setting.Name), string.Join(", ", Names.Where(name => !isProfile || name != "profiles")))),
            };
        }
        return options;
    }

    private ProfileOptions Levels(ProfileOptions options, ConfigNode group)
    {
        var levels = new Dictionary<Conversation, NotifyLevel>();
        foreach (var setting in Settings(group))
        {
            if (setting.Name == "*") options = options with { DefaultLevel = OneOf<NotifyLevel>(setting) };
            else if (setting.Name is not ['#' or '@', ..] || !ConversationName.IsValid(setting.Name))
                throw Wrong(setting, texts.ConfigNotConversation(Shown(setting.Name)));
            else levels[ConversationName.Parse(setting.Name)] = OneOf<NotifyLevel>(setting);
        }
        return options with { Levels = levels };
    }

    private OwnStyles Styles(ConfigNode group)
    {
        var (styles, users) = (new OwnStyles(), new Dictionary<string, string>());
        foreach (var setting in Settings(group))
        {
            if (setting.Name is ['@', .. var user])
            {
                Checked(setting, user, name => UserName.TryParse(name, out _), texts.BadName);
                users[user.ToUpperInvariant()] = StyleOf(setting);
                continue;
            }
            styles = setting.Name switch
            {
                "head" => styles with { Head = StyleOf(setting) },
                "notice" => styles with { Notice = StyleOf(setting) },
                "error" => styles with { Error = StyleOf(setting) },
                "mention" => styles with { Mention = StyleOf(setting) },
                "names" => styles with { Names = [.. Elements(setting).Select(StyleOf)] },
                _ => throw Wrong(setting, texts.ConfigUnknown(Shown(setting.Name), "head, notice, error, mention, names, @USER")),
            };
        }
        return styles with { Users = users };
    }

    private DaemonAddresses Addresses(ConfigNode setting) => DaemonAddresses.TryParse(Text(setting), out var addresses)
        ? addresses : throw Wrong(setting, texts.BadAddress(Shown(Text(setting))));

    private string Room(ConfigNode element)
    {
        var name = Text(element).TrimStart('#');
        return Checked(element, name, text => RoomName.TryParse(text, out _), texts.BadName);
    }

    private string StyleOf(ConfigNode setting) => Style.TryParse(Text(setting), out var parameters)
        ? parameters : throw Wrong(setting, texts.ConfigNotStyle(Shown(Text(setting))));

    private string NameOfProfile(ConfigNode profile) =>
        Checked(profile, profile.Name, name => IsWord(name) && name[0] != '-' && !Commands.Contains(name), texts.ConfigNotProfile);

    private string NameOfAlias(ConfigNode setting) =>
        Checked(setting, setting.Name, name => IsWord(name) && !name.Contains('/', StringComparison.Ordinal), texts.ConfigNotAlias);

    private static bool IsWord(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private Dictionary<string, string> Keys(ConfigNode group)
    {
        var keys = new Dictionary<string, string>();
        foreach (var setting in Settings(group))
        {
            var name = Checked(setting, setting.Name.ToLowerInvariant(), key => KeyNames.TryParse(key, out _), texts.ConfigNotKey);
            var action = Checked(setting, Text(setting), KeyBindings.IsAction,
                text => texts.ConfigNotAction(text, string.Join(", ", KeyBindings.Actions.Keys)));
            if (!keys.TryAdd(name, action)) throw Wrong(setting, texts.ConfigTwice(name));
        }
        return keys;
    }

    /// <summary>Relative to the folder of the file, or to the user's own.</summary>
    private string FullPath(string file)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return file.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, file[2..])
            : Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private T OneOf<T>(ConfigNode setting) where T : struct, Enum => Choice.TryParse<T>(Text(setting), out var value)
        ? value : throw Wrong(setting, texts.ConfigNotOneOf(Shown(setting.Name), Choice.Names<T>(", ")));

    private bool Flag(ConfigNode setting) => setting.Type switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong(setting, texts.ConfigNotFlag(Shown(setting.Name))),
    };

    /// <summary>Neither a path nor a command may contain NUL.</summary>
    private string Text(ConfigNode setting) => setting.Text is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal)
        ? text : throw Wrong(setting, texts.ConfigNotText(Shown(setting.Name)));

    private IReadOnlyList<ConfigNode> Elements(ConfigNode setting) => setting.Type is JsonTokenType.StartArray && setting.Children.Count > 0
        ? [.. setting.Children.Select(element => element with { Name = setting.Name })]
        : throw Wrong(setting, texts.ConfigNotList(Shown(setting.Name)));

    private IReadOnlyList<ConfigNode> Settings(ConfigNode group, string? name = null)
    {
        if (group.Type is not JsonTokenType.StartObject) throw Wrong(group, texts.ConfigNotGroup(name ?? Shown(group.Name)));
        var twice = group.Children.GroupBy(setting => setting.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? group.Children : throw Wrong(twice.Last(), texts.ConfigTwice(Shown(twice.Key)));
    }

    private string Checked(ConfigNode setting, string text, Predicate<string> isGood, Func<string, string> complaint) =>
        isGood(text) ? text : throw Wrong(setting, complaint(Shown(text)));

    private ConfigException Wrong(ConfigNode setting, string why) =>
        new(texts.BadConfigLine(ConfigFile.Shown(path), setting.Line, why));

    private static string Shown(string text) => LineFormat.Clean(text);
}
