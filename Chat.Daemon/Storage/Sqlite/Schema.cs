using System.Net;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>The tables, and the migrations from every earlier version.</summary>
internal static class Schema
{
    /// <summary>"Chat" in ASCII: tells the daemon's file from another program's.</summary>
    private const int ApplicationId = 0x43686174;

    /// <summary>Migration n leads from version n to n + 1. Never change one; add another, and its columns to AccountTables.</summary>
    private static readonly string[] Migrations =
    [
        ConversationsMessagesSessions, AccountsAndModeration, PermissionsAndAuditOrder, PluginValues, RankOfBans, RoomInvitations,
        KnownNetworks, MutesOfGuests, LatestDirects, LookAlikeNames, DeletedRooms, SessionsOfAccounts,
        Retention, Erasures, Changes, RoomLists, UnindexedList.Migration, MentionRows.Migration, BlockRows.Migration,
        ChangesOfMessages, PageLoginStore.Migration, Bots,
    ];

    public static int Version => Migrations.Length;

    /// <summary>Migrates the file to this version, one transaction per version.</summary>
    /// <exception cref="DatabaseUnusableException">It belongs to another program or a newer version, and is unchanged.</exception>
    public static void Migrate(SqliteConnection connection, string path) => Migrate(connection, path, Version);

    /// <summary>Migrates it to an earlier version than this program's, for tests of the later migrations.</summary>
    internal static void Migrate(SqliteConnection connection, string path, int target)
    {
        var version = CheckVersion(connection, path);
        UseWriteAheadLog(connection, path);
        connection.CreateFunction("network_of", (string address) => AddressNetwork.Of(IPAddress.Parse(address), ipv6Bits: 48).ToString());
        connection.CreateFunction("look_key_of", (string? name) => UserName.TryParse(name, out var parsed) ? parsed.LookKey : null);
        for (var next = version; next < target; next++)
        {
            using var transaction = connection.BeginTransaction();
            Sql.Execute(connection, Migrations[next]);
            Sql.Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1};");
            transaction.Commit();
        }
    }

    /// <returns>The version of its tables; 0 for an empty file.</returns>
    /// <exception cref="DatabaseUnusableException">It belongs to another program or a newer version.</exception>
    public static long CheckVersion(SqliteConnection connection, string path)
    {
        var version = Sql.Number(connection, "PRAGMA user_version");
        if (!IsOurs(connection, version))
            throw new DatabaseUnusableException(texts => texts.OfAnotherProgram(path));
        if (version > Version)
            throw new DatabaseUnusableException(texts => texts.Newer(path, version, Version));
        return version;
    }

    private static bool IsOurs(SqliteConnection connection, long version) =>
        Sql.Number(connection, "PRAGMA application_id") == ApplicationId
        || (version == 0 && Sql.Number(connection, "SELECT count(*) FROM sqlite_schema") == 0);

    private static void UseWriteAheadLog(SqliteConnection connection, string path)
    {
        using var command = Sql.Command(connection, "PRAGMA journal_mode = WAL");
        if (!"wal".Equals(command.ExecuteScalar() as string, StringComparison.OrdinalIgnoreCase))
            throw new DatabaseUnusableException(texts => texts.WithoutSharedMemory(path));
    }

    /// <summary>
    /// A room has a name_key; a direct conversation has two identities, the smaller one first.
    /// Messages up to pruned_through were deleted; their numbers are not given again.
    /// Ids of messages are never reused: a session sent no message older than its first_message.
    /// messages_by_client_id groups 8,192 messages: see docs/decisions/0002-client-ids-are-stored-with-the-message.md.
    /// </summary>
    private const string ConversationsMessagesSessions = """
        CREATE TABLE conversations(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('room', 'direct')),
            created_at INTEGER NOT NULL,
            creator TEXT NOT NULL,
            pruned_through INTEGER NOT NULL DEFAULT 0,
            name_key TEXT UNIQUE,
            name TEXT,
            topic TEXT,
            owner TEXT,
            private INTEGER,
            first_identity TEXT,
            first_name TEXT,
            first_name_key TEXT,
            second_identity TEXT,
            second_name TEXT,
            second_name_key TEXT,
            UNIQUE(first_identity, second_identity)
        ) STRICT;
        CREATE INDEX conversations_of_second ON conversations(second_identity) WHERE second_identity IS NOT NULL;

        CREATE TABLE messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            sender TEXT NOT NULL,
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            session INTEGER NOT NULL,
            client_id TEXT,
            via TEXT,
            erased INTEGER NOT NULL,
            UNIQUE(conversation, seq)
        ) STRICT;
        CREATE INDEX messages_by_client_id ON messages(id >> 13, session, conversation, seq) WHERE client_id IS NOT NULL;

        CREATE TABLE sessions(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_hash BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            account INTEGER,
            lang TEXT,
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            held INTEGER NOT NULL,
            first_message INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sessions_by_seen ON sessions(seen_at);
        CREATE INDEX sessions_held ON sessions(id) WHERE held = 1;
        """;

    /// <summary>A ban is for an account or a guest's name in a network (subject, network), or for a network alone.</summary>
    private const string AccountsAndModeration = """
        CREATE TABLE accounts(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            role INTEGER NOT NULL,
            password TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            known_address TEXT
        ) STRICT;

        CREATE TABLE invitations(
            code_hash BLOB PRIMARY KEY,
            created_by TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE bans(
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            name TEXT NOT NULL,
            network TEXT NOT NULL,
            until INTEGER,
            reason TEXT NOT NULL,
            by TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE(subject, network)
        ) STRICT;

        CREATE TABLE mutes(
            identity TEXT NOT NULL,
            conversation INTEGER NOT NULL,
            until INTEGER NOT NULL,
            reason TEXT NOT NULL,
            by TEXT NOT NULL,
            PRIMARY KEY(identity, conversation)
        ) STRICT;

        CREATE TABLE guests_of_rooms(
            conversation INTEGER NOT NULL,
            identity TEXT NOT NULL,
            PRIMARY KEY(conversation, identity)
        ) STRICT;

        CREATE TABLE audit(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            invocation TEXT NOT NULL,
            caller_id TEXT NOT NULL,
            caller TEXT NOT NULL,
            command TEXT NOT NULL,
            plugin TEXT NOT NULL,
            place TEXT,
            arguments TEXT NOT NULL,
            outcome TEXT NOT NULL,
            milliseconds INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_time ON audit(at);
        """;

    /// <summary>A permission's room is a conversation's id, or null for every room. The audit is read by caller and by command.</summary>
    private const string PermissionsAndAuditOrder = """
        CREATE TABLE permissions(
            permission TEXT NOT NULL,
            room TEXT,
            lowest INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX permissions_by_place ON permissions(permission, ifnull(room, ''));

        CREATE INDEX audit_by_caller ON audit(caller COLLATE NOCASE);
        CREATE INDEX audit_by_command ON audit(command);
        """;

    /// <summary>Versions of values are never reused. The index alone answers the quota's query.</summary>
    private const string PluginValues = """
        CREATE TABLE plugin_values(
            version INTEGER PRIMARY KEY AUTOINCREMENT,
            plugin TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            UNIQUE(plugin, key)
        ) STRICT;
        CREATE INDEX plugin_values_size ON plugin_values(plugin, bytes);
        """;

    /// <summary>The role of the user who banned. Unknown for earlier bans: at least a moderator's (2).</summary>
    private const string RankOfBans = "ALTER TABLE bans ADD COLUMN rank INTEGER NOT NULL DEFAULT 2";

    private const string RoomInvitations = "ALTER TABLE guests_of_rooms RENAME TO room_invitations";

    /// <summary>Networks from which the right password was given.</summary>
    private const string KnownNetworks = """
        CREATE TABLE known_networks(
            account INTEGER NOT NULL,
            network TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY(account, network)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO known_networks(account, network, seen_at)
            SELECT id, network_of(known_address), created_at FROM accounts WHERE known_address IS NOT NULL;
        ALTER TABLE accounts DROP COLUMN known_address;
        """;

    /// <summary>The names in lists, and which guests a guest's mute covers, too; null for accounts and for earlier mutes.</summary>
    private const string MutesOfGuests = """
        ALTER TABLE mutes ADD COLUMN name TEXT NOT NULL DEFAULT '';
        ALTER TABLE mutes ADD COLUMN name_key TEXT;
        ALTER TABLE mutes ADD COLUMN network TEXT;
        ALTER TABLE mutes ADD COLUMN last_session INTEGER;
        ALTER TABLE mutes ADD COLUMN spreads_until INTEGER;
        UPDATE mutes SET name = coalesce(
            (SELECT accounts.name FROM accounts WHERE 'a' || accounts.id = identity),
            (SELECT sessions.name FROM sessions WHERE 'g' || sessions.id = identity),
            identity);
        """;

    /// <summary>
    /// The newest message of a direct conversation, by its id, and what a user's direct conversations are found by: their order, and the
    /// other user's name.
    /// </summary>
    private const string LatestDirects = """
        ALTER TABLE conversations ADD COLUMN latest INTEGER;
        UPDATE conversations SET latest = (SELECT id FROM messages WHERE conversation = conversations.id ORDER BY seq DESC LIMIT 1)
            WHERE first_identity IS NOT NULL;
        CREATE INDEX conversations_of_first_by_latest ON conversations(first_identity, latest) WHERE latest IS NOT NULL;
        CREATE INDEX conversations_of_second_by_latest ON conversations(second_identity, latest) WHERE latest IS NOT NULL;
        CREATE INDEX conversations_of_first_by_name ON conversations(first_identity, second_name_key) WHERE first_identity IS NOT NULL;
        CREATE INDEX conversations_of_second_by_name ON conversations(second_identity, first_name_key) WHERE second_identity IS NOT NULL;
        DROP INDEX conversations_of_second;
        """;

    /// <summary>Names that existed may look alike, so the keys are not unique. A damaged name has none.</summary>
    private const string LookAlikeNames = """
        ALTER TABLE accounts ADD COLUMN look_key TEXT;
        UPDATE accounts SET look_key = look_key_of(name);
        CREATE INDEX accounts_by_look ON accounts(look_key);
        ALTER TABLE conversations ADD COLUMN look_key TEXT;
        UPDATE conversations SET look_key = look_key_of(name) WHERE name_key IS NOT NULL;
        CREATE INDEX rooms_by_look ON conversations(look_key) WHERE look_key IS NOT NULL;
        """;

    /// <summary>
    /// A deleted room has no name, and its rows are being deleted. A plugin's value may belong to a room, and is deleted with it. Earlier
    /// values of rooms are those of the two shipped plugins.
    /// </summary>
    private const string DeletedRooms = """
        CREATE INDEX conversations_deleted ON conversations(id) WHERE kind = 'room' AND name_key IS NULL;
        CREATE INDEX mutes_by_conversation ON mutes(conversation);
        CREATE INDEX permissions_by_room ON permissions(room) WHERE room IS NOT NULL;
        ALTER TABLE plugin_values ADD COLUMN room INTEGER;
        UPDATE plugin_values SET room = CAST(substr(key, 6) AS INTEGER)
            WHERE (plugin = 'moderation' AND key GLOB 'slow:[0-9]*') OR (plugin = 'welcome' AND key GLOB 'text:[0-9]*');
        CREATE INDEX plugin_values_by_room ON plugin_values(room) WHERE room IS NOT NULL;
        """;

    /// <summary>Guests are many, and have one session each.</summary>
    private const string SessionsOfAccounts =
        "CREATE INDEX sessions_of_accounts ON sessions(account, held, seen_at) WHERE account IS NOT NULL;";

    /// <summary>A conversation's own limits; null where the daemon's apply, 0 for no limit.</summary>
    private const string Retention = """
        ALTER TABLE conversations ADD COLUMN keep_days INTEGER;
        ALTER TABLE conversations ADD COLUMN keep_messages INTEGER;
        CREATE INDEX conversations_pruned ON conversations(id) WHERE pruned_through > 0;
        """;

    /// <summary>
    /// Accounts that are gone, while their traces are being erased. Later messages than last_message are not theirs, whatever name they
    /// have; null until all of theirs are stored.
    /// </summary>
    private const string Erasures = """
        CREATE TABLE erasures(
            account INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            texts INTEGER NOT NULL,
            last_message INTEGER
        ) STRICT;
        """;

    /// <summary>
    /// The sender's identity of old messages is known as long as their session is. A message's rev is that of its last change. A change
    /// keeps no text: that is the message's. The rev of a reaction is that of the change that made it; that of a count, of its first.
    /// The epoch is set at the first start, of a copy too, so that nobody takes the numbers of one for those of the other.
    /// </summary>
    private const string Changes = """
        ALTER TABLE messages ADD COLUMN identity TEXT;
        ALTER TABLE messages ADD COLUMN reply_to INTEGER;
        ALTER TABLE messages ADD COLUMN mentions TEXT;
        ALTER TABLE messages ADD COLUMN rev INTEGER;
        ALTER TABLE messages ADD COLUMN edited_at INTEGER;
        UPDATE messages SET identity = (
            SELECT iif(account IS NULL, 'g' || id, 'a' || account) FROM sessions WHERE sessions.id = messages.session);
        CREATE INDEX messages_by_rev ON messages(conversation, rev) WHERE rev IS NOT NULL;
        CREATE INDEX messages_by_reply ON messages(conversation, reply_to, seq) WHERE reply_to IS NOT NULL;
        ALTER TABLE conversations ADD COLUMN last_rev INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE changes(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation INTEGER NOT NULL,
            rev INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            identity TEXT NOT NULL,
            name TEXT NOT NULL,
            emoji TEXT,
            session INTEGER NOT NULL,
            client_id TEXT,
            at INTEGER NOT NULL,
            UNIQUE(conversation, rev)
        ) STRICT;
        CREATE INDEX changes_by_client_id ON changes(id >> 13, session, conversation, rev) WHERE client_id IS NOT NULL;

        CREATE TABLE reactions(
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            emoji TEXT NOT NULL,
            identity TEXT NOT NULL,
            name TEXT NOT NULL,
            rev INTEGER NOT NULL,
            UNIQUE(conversation, seq, emoji, identity)
        ) STRICT;
        CREATE INDEX reactions_in_order ON reactions(conversation, seq, emoji, rev);

        CREATE TABLE reaction_counts(
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            emoji TEXT NOT NULL,
            count INTEGER NOT NULL,
            rev INTEGER NOT NULL,
            PRIMARY KEY(conversation, seq, emoji)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE epoch(value BLOB) STRICT;
        INSERT INTO epoch(value) VALUES (NULL);
        """;

    /// <summary>
    /// The rooms of an account stay on its list, with how far it has read there; whether it ever had a list tells an empty one from none.
    /// The readers of one room are neighbours, so that their marks are written in few pages; no index holds a mark.
    /// </summary>
    private const string RoomLists = """
        ALTER TABLE accounts ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE room_list(
            conversation INTEGER NOT NULL,
            account INTEGER NOT NULL,
            since INTEGER NOT NULL,
            read INTEGER NOT NULL,
            PRIMARY KEY(conversation, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX room_list_of_account ON room_list(account);

        CREATE TABLE direct_marks(
            conversation INTEGER NOT NULL,
            account INTEGER NOT NULL,
            read INTEGER NOT NULL,
            PRIMARY KEY(conversation, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX direct_marks_of_account ON direct_marks(account);
        """;

    /// <summary>The changes of a message go with it.</summary>
    private const string ChangesOfMessages = "CREATE INDEX changes_by_message ON changes(conversation, seq);";

    /// <summary>The plugin that an account belongs to; null for an account of a user.</summary>
    private const string Bots = "ALTER TABLE accounts ADD COLUMN plugin TEXT;";
}
