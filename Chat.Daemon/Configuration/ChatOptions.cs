using System.Collections.Immutable;
using Chat.Protocol;

namespace Chat.Daemon.Configuration;

internal enum Registration
{
    /// <summary>Whoever comes may register.</summary>
    Open,

    /// <summary>An admin invites.</summary>
    Invitation,

    /// <summary>Only an admin creates accounts.</summary>
    Closed,
}

/// <summary>All settings, as one snapshot that never changes; a reload makes another. A property's line is the setting's only declaration: the file of <c>config init</c> and docs/configuration.md are written from it.</summary>
internal sealed class ChatOptions(SettingReader read)
{
    public EndpointOptions Listen { get; } = new(read);

    public TlsOptions Tls { get; } = new(read);

    public string DataFolder { get; } = read.Folder("Chat:Data:Folder", "data",
        "Where the database and all other state live (--data). One daemon at a time may use it.");

    public PluginOptions Plugins { get; } = new(read);

    public string Language { get; } = read.Choice("Chat:Language", "pt-BR", Texts.Languages,
        "The language of sessions that name none.");

    public RoomName DefaultRoom { get; } = read.Room("Chat:Rooms:Default", "geral",
        "The room that a login joins which names none.");

    public string AdminPassword { get; } = read.Secret("Chat:Admin:Password",
        "The admin's password, used once, when the account admin is created. Without it a random one is made and shown where only the operator sees it.", Takes.AtStart);

    public Registration Registration { get; } = read.Choice("Chat:Accounts:Registration", Registration.Open,
        "Who may create an account: anybody, whom an admin invites, or nobody but admins.");

    public int PasswordMinimum { get; } = read.Whole("Chat:Accounts:PasswordMinimum", 4, "characters", 1, 256,
        "Guesses over the network are slowed down, so that a short password is weak, not open. Raise it where strangers register.");

    public ImmutableDictionary<string, ImmutableArray<string>> Roles { get; } = read.ListMap("Chat:Roles", ImmutableDictionary<string, ImmutableArray<string>>.Empty,
        "Permissions given to a role (guest, member, moderator, admin) and all above it, or, with - before it, taken from it and all below: guest = [\"-room.create\"].");

    public HistoryOptions History { get; } = new(read);

    public LimitOptions Limits { get; } = new(read);

    public LogOptions Logging { get; } = new(read);

    /// <summary>Reads all settings, and checks each alone and all together.</summary>
    public static SettingReading Read(IReadOnlyList<SettingLayer> layers, SettingTexts texts)
    {
        var reader = new SettingReader(layers, texts);
        var options = new ChatOptions(reader);
        return new SettingReading(options, reader.Declared, reader.Values, [.. reader.Problems, .. OptionRules.Problems(options, texts)]);
    }
}

/// <param name="Problems">One sentence each; only without any are the options of use.</param>
internal sealed record SettingReading(
    ChatOptions Options, IReadOnlyList<Setting> Declared, IReadOnlyList<SettingValue> Values, IReadOnlyList<string> Problems);
