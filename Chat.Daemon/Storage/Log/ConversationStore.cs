using System.Data.Common;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Storage.Log;

/// <summary>The rooms and direct conversations, returned as copies. Safe from any thread.</summary>
internal sealed class ConversationStore(DatabaseWriter writer, DatabaseReaders readers, IMessageLog log, TimeProvider clock)
{
    private const string SelectRooms = "SELECT id, name_key, name, created_at, creator, topic, owner, private FROM conversations";

    private const string SelectPair = """
        SELECT id, $other, CASE WHEN first_identity = $other THEN first_name ELSE second_name END FROM conversations
        WHERE first_identity = $first AND second_identity = $second
        """;

    /// <summary>Each half of the union uses an index. A conversation with oneself is only in the first.</summary>
    private const string SelectNamesakes = """
        SELECT * FROM (
            SELECT id, second_identity, second_name FROM conversations
            WHERE first_identity = $identity AND second_name_key = $name_key ORDER BY id DESC LIMIT $limit) AS firsts
        UNION ALL
        SELECT * FROM (
            SELECT id, first_identity, first_name FROM conversations
            WHERE second_identity = $identity AND first_name_key = $name_key AND first_identity <> $identity ORDER BY id DESC LIMIT $limit)
            AS seconds
        ORDER BY id DESC LIMIT $limit
        """;

    private const string SelectDirects = """
        WITH asked AS (
            SELECT id, CASE WHEN first_identity = $identity THEN second_identity ELSE first_identity END AS other,
                CASE WHEN first_identity = $identity THEN second_name ELSE first_name END AS other_name,
                CASE WHEN first_identity = $identity THEN second_name_key ELSE first_name_key END AS other_key
            FROM conversations WHERE id IN (SELECT value FROM json_each($ids)))
        SELECT asked.id, other, other_name, accounts.id FROM asked LEFT JOIN accounts ON accounts.name_key = other_key
        """;

    public ValueTask<StoredRoom?> FindRoomAsync(RoomName name, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows($"{SelectRooms} WHERE name_key = $key", ToRoom, ("$key", name.Key)).SingleOrDefault(), cancellation);

    public ValueTask<StoredRoom?> FindRoomAsync(ConversationId id, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows($"{SelectRooms} WHERE id = $id AND name_key IS NOT NULL", ToRoom, ("$id", id.Value)).SingleOrDefault(),
        cancellation);

    /// <param name="mayLookAlike">Whether another room's name may look like it.</param>
    /// <returns>The new room, or the one that already has the name; null if a room has a name that looks alike.</returns>
    public Task<StoredRoom?> CreateRoomAsync(RoomName name, string creator, bool mayLookAlike = false)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(connection =>
        {
            Insert(connection, name, creator, now, isPrivate: false, mayLookAlike);
            return Sql.Rows(connection, $"{SelectRooms} WHERE name_key = $key", ToRoom, ("$key", name.Key)).SingleOrDefault();
        });
    }

    /// <summary>Creates a room that only invited users may enter.</summary>
    /// <param name="owner">An identity.</param>
    /// <returns>Null if a room has the name, or one that looks alike.</returns>
    public Task<StoredRoom?> CreatePrivateRoomAsync(RoomName name, string owner)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(connection => Insert(connection, name, owner, now, isPrivate: true, mayLookAlike: false)
            ? Sql.Rows(connection, $"{SelectRooms} WHERE name_key = $key", ToRoom, ("$key", name.Key)).Single() : null);
    }

    /// <summary>Rooms after <paramref name="afterKey"/> ("" for the first page), in the order of their keys.</summary>
    public ValueTask<IReadOnlyList<StoredRoom>> RoomsAsync(string afterKey, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredRoom>>(
            reader => reader.Rows(
                $"{SelectRooms} WHERE name_key > $after ORDER BY name_key LIMIT $limit", ToRoom, ("$after", afterKey), ("$limit", limit)),
            cancellation);

    /// <summary>
    /// Names of rooms whose key starts with the prefix, in the order of their keys: public rooms, the identity's own, and those it is
    /// invited to.
    /// </summary>
    /// <param name="all">Include other users' private rooms.</param>
    public ValueTask<IReadOnlyList<string>> RoomNamesAsync(
        string prefix, string identity, bool all, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<string>>(
            reader => reader.Rows(
                """
                SELECT name FROM conversations WHERE name_key >= $from AND name_key < $to
                AND (coalesce(private, 0) = 0 OR $all OR owner = $identity
                    OR EXISTS (SELECT 1 FROM room_invitations WHERE conversation = conversations.id AND identity = $identity))
                ORDER BY name_key LIMIT $limit
                """,
                row => row.Text(0), ("$from", prefix), ("$to", prefix + "\U0010FFFF"), ("$all", all), ("$identity", identity),
                ("$limit", limit)),
            cancellation);

    public ValueTask<long> CountRoomsAsync(CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Number("SELECT count(*) FROM conversations WHERE name_key IS NOT NULL"), cancellation);

    /// <returns>The conversation of the two users, as the first sees it; null if they have none.</returns>
    public ValueTask<StoredDirect?> FindDirectAsync(string identity, string other, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(SelectPair, ToDirect, PairParameters(identity, other)).SingleOrDefault(), cancellation);

    /// <returns>The conversation of the two users, as <paramref name="starter"/> sees it.</returns>
    public async Task<StoredDirect> FindOrCreateDirectAsync(DirectUser starter, DirectUser other, CancellationToken cancellation) =>
        await FindDirectAsync(starter.Identity, other.Identity, cancellation) ?? await CreateDirectAsync(starter, other);

    /// <summary>The identity's direct conversations that have messages, the one with the newest message first.</summary>
    public async ValueTask<IReadOnlyList<WrittenDirect>> DirectOfAsync(string identity, int limit, CancellationToken cancellation)
    {
        var tails = await log.LatestDirectsAsync(identity, limit, cancellation);
        var ids = ConversationId.Json(tails.Select(tail => tail.Conversation));
        var directs = await readers.ReadAsync(
            reader => reader.Rows(
                SelectDirects, row => (Direct: ToDirect(row), NameOwner: row.NumberOrNull(3)), ("$identity", identity), ("$ids", ids)),
            cancellation);
        var byId = directs.ToDictionary(found => found.Direct.Id);
        return [.. tails.Select(t => new WrittenDirect(byId[t.Conversation].Direct, t.Range, byId[t.Conversation].NameOwner))];
    }

    /// <summary>Those of the conversations that are direct ones of the identity.</summary>
    public ValueTask<IReadOnlyList<StoredDirect>> DirectsAmongAsync(
        string identity, IEnumerable<ConversationId> ids, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredDirect>>(
            reader => reader.Rows(
                """
                SELECT id, CASE WHEN first_identity = $identity THEN second_identity ELSE first_identity END,
                    CASE WHEN first_identity = $identity THEN second_name ELSE first_name END
                FROM conversations
                WHERE id IN (SELECT value FROM json_each($ids)) AND $identity IN (first_identity, second_identity)
                """,
                ToDirect, ("$identity", identity), ("$ids", ConversationId.Json(ids))),
            cancellation);

    /// <summary>The identity's direct conversations with users who had the name when they began, the most recently begun first.</summary>
    public ValueTask<IReadOnlyList<StoredDirect>> DirectWithAsync(
        string identity, UserName other, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredDirect>>(
            reader => reader.Rows(
                SelectNamesakes, ToDirect, ("$identity", identity), ("$name_key", other.Key), ("$limit", limit)),
            cancellation);

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, $"{SelectRooms} WHERE name_key IS NOT NULL", ToRoom);

    /// <returns>False if a room has the name, or one that looks alike.</returns>
    private static bool Insert(
        DbConnection connection, RoomName name, string creator, long now, bool isPrivate, bool mayLookAlike) => Sql.Execute(
        connection,
        """
        INSERT INTO conversations(kind, name_key, look_key, name, created_at, creator, private, owner)
        SELECT 'room', $key, $look, $name, $now, $creator, CASE WHEN $private THEN 1 END, CASE WHEN $private THEN $creator END
        WHERE $may_look_alike OR NOT EXISTS (SELECT 1 FROM conversations WHERE look_key = $look)
        ON CONFLICT (name_key) DO NOTHING
        """,
        ("$key", name.Key), ("$look", name.LookKey), ("$name", name.Text), ("$now", now), ("$creator", creator),
        ("$private", isPrivate), ("$may_look_alike", mayLookAlike)) > 0;

    private Task<StoredDirect> CreateDirectAsync(DirectUser starter, DirectUser other)
    {
        var (first, second) = InOrder(starter.Identity, other.Identity) ? (starter, other) : (other, starter);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(connection =>
        {
            Sql.Execute(
                connection,
                """
                INSERT INTO conversations(
                    kind, created_at, creator, first_identity, first_name, first_name_key, second_identity, second_name, second_name_key)
                VALUES ('direct', $now, $creator, $first, $first_name, $first_key, $second, $second_name, $second_key)
                ON CONFLICT (first_identity, second_identity) DO NOTHING
                """,
                ("$now", now), ("$creator", starter.Identity),
                ("$first", first.Identity), ("$first_name", first.Name.Text), ("$first_key", first.Name.Key),
                ("$second", second.Identity), ("$second_name", second.Name.Text), ("$second_key", second.Name.Key));
            return Sql.Rows(connection, SelectPair, ToDirect, PairParameters(starter.Identity, other.Identity)).Single();
        });
    }

    private static (string, object?)[] PairParameters(string identity, string other)
    {
        var (first, second) = InOrder(identity, other) ? (identity, other) : (other, identity);
        return [("$first", first), ("$second", second), ("$other", other)];
    }

    private static bool InOrder(string one, string other) => string.CompareOrdinal(one, other) <= 0;

    private static StoredRoom ToRoom(DbDataReader row) => new(
        new ConversationId(row.Number(0)), row.Text(1), row.RoomName(2).Text, row.Number(3), row.Text(4),
        row.TextOrNull(5), row.TextOrNull(6), row.NumberOrNull(7) is { } isPrivate ? isPrivate != 0 : null);

    private static StoredDirect ToDirect(DbDataReader row) => new(new ConversationId(row.Number(0)), row.Text(1), row.Text(2));
}
