using System.Collections.Immutable;
using Chat.Protocol;

namespace Chat.Daemon.Configuration;

/// <summary>
/// All settings, as an immutable snapshot. Each property is the only declaration of its setting: <c>config init</c> and
/// docs/configuration.md are written from it.
/// </summary>
internal sealed class ChatOptions(SettingReader read)
{
    public EndpointOptions Listen { get; } = new(read);

    public TransportOptions Transport { get; } = new(read);

    public TlsOptions Tls { get; } = new(read);

    public HttpOptions Http { get; } = new(read);

    public string DataFolder { get; } = read.Folder("Chat:Data:Folder", "data",
        "Folder of the database and all other state (--data). Only one daemon at a time can use it.");

    public string Database { get; } = read.Secret("Chat:Database",
        "The PostgreSQL database to keep everything in, as an Npgsql connection string: Host=db;Database=chat;Username=chatd. Its first "
        + "schema must be empty at the first start, and only one daemon at a time can write there. If empty, the daemon keeps everything "
        + "in a SQLite file in the data folder.", TakesEffect.AtStart);

    /// <summary>Whether everything is kept on a server, and not in the data folder.</summary>
    public bool IsOnServer => Database.Length > 0;

    public ClusterOptions Cluster { get; } = new(read);

    public PluginOptions Plugins { get; } = new(read);

    public string Language { get; } = read.Choice("Chat:Language", "pt-BR", Texts.Languages,
        "Language of sessions that do not choose one.");

    public RoomName DefaultRoom { get; } = read.Room("Chat:Rooms:Default", "geral",
        "Room that a login joins if it names none.");

    public string AdminPassword { get; } = read.Secret("Chat:Admin:Password",
        "Password for the account admin, used once, when the daemon creates the account. If empty, the daemon creates a random one "
        + "and shows it where only the operator can see it.", TakesEffect.AtStart);

    public Registration Registration { get; } = read.Choice("Chat:Accounts:Registration", Registration.Open,
        "Who may create an account: anybody, anybody with an admin's invitation, or only admins.");

    public int PasswordMinimum { get; } = read.Integer("Chat:Accounts:PasswordMinimum", 8, "characters", 1, 256,
        "Minimum length of a new password; shorter ones that exist keep working. The daemon slows down guesses, but a short password "
        + "is among the first that are guessed.");

    public ImmutableDictionary<string, ImmutableArray<string>> Roles { get; } = read.ListMap(
        "Chat:Roles", ImmutableDictionary<string, ImmutableArray<string>>.Empty,
        "Permissions to give to a role (guest, member, moderator, admin) and every role above it or, with a leading -, to take from "
        + "it and every role below: guest = [\"-room.create\"].");

    public HistoryOptions History { get; } = new(read);

    public RetentionOptions Retention { get; } = new(read);

    public LimitOptions Limits { get; } = new(read);

    public LogOptions Logging { get; } = new(read);

    /// <summary>Reads all settings and checks them.</summary>
    public static SettingReading Read(IReadOnlyList<SettingLayer> layers, SettingTexts texts)
    {
        var reader = new SettingReader(layers, texts);
        var options = new ChatOptions(reader);
        return new SettingReading(options, reader.Declared, reader.Values, [.. reader.Problems, .. OptionRules.Problems(options, texts)]);
    }
}
