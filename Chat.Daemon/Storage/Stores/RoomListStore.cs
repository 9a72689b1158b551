using System.Data.Common;
using System.Text.Json;
using Chat.Protocol;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Stores;

/// <summary>The rooms on the lists of accounts, and how far accounts have read. Safe from any thread.</summary>
internal sealed class RoomListStore(DatabaseWriter writer, DatabaseReaders readers, TimeProvider clock)
{
    /// <summary>
    /// Asks in the same write for what would take the row away again: an erasure or a ban does not find a row that comes later.
    /// </summary>
    private const string Insert = """
        INSERT INTO room_list(conversation, account, since, read)
        SELECT c.id, a.id, $now, $read FROM conversations AS c JOIN accounts AS a ON a.id = $account
        WHERE c.id = $room AND c.name_key IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM bans WHERE subject = 'a' || $account AND network = '' AND (until IS NULL OR until > $now))
        ON CONFLICT DO NOTHING
        """;

    private const string SelectRooms = """
        SELECT conversation, read, name, coalesce(private, 0), owner,
            EXISTS (SELECT 1 FROM room_invitations AS i WHERE i.conversation = c.id AND i.identity = 'a' || $account)
        FROM room_list JOIN conversations AS c ON c.id = conversation
        WHERE account = $account AND name_key IS NOT NULL ORDER BY since, conversation
        """;

    private static readonly string[] MarkParameters = ["$conversation", "$account", "$read"];

    /// <returns>The rooms in the order in which they were added; null if the account has not had a list yet.</returns>
    public ValueTask<IReadOnlyList<ListedRoom>?> ReadAsync(long account, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Number("SELECT listed FROM accounts WHERE id = $account", ("$account", account)) == 0
            ? null
            : (IReadOnlyList<ListedRoom>)reader.Rows(SelectRooms, ToRoom, ("$account", account)),
        cancellation);

    /// <summary>Makes the account's first list.</summary>
    /// <param name="read">The last number in the room.</param>
    public Task BeginAsync(long account, ConversationId room, long read)
    {
        var parameters = Parameters(account, room, read);
        return writer.WriteLikeMessagesAsync(connection =>
            Sql.Execute(connection, Insert, parameters)
            + Sql.Execute(connection, "UPDATE accounts SET listed = 1 WHERE id = $account", ("$account", account)));
    }

    /// <param name="read">The last number in the room.</param>
    /// <returns>False if the room is deleted, the account is erased or banned, or the room was on the list already.</returns>
    public Task<bool> AddAsync(long account, ConversationId room, long read)
    {
        var parameters = Parameters(account, room, read);
        return writer.WriteLikeMessagesAsync(connection => Sql.Execute(connection, Insert, parameters) > 0);
    }

    /// <returns>False if it was not on the list.</returns>
    public Task<bool> RemoveAsync(long account, ConversationId room) => writer.WriteLikeMessagesAsync(connection => Sql.Execute(
        connection, "DELETE FROM room_list WHERE conversation = $room AND account = $account",
        ("$room", room.Value), ("$account", account)) > 0);

    /// <summary>The accounts that have the room on their list, by the key of their names.</summary>
    public ValueTask<IReadOnlyList<(long Account, string Name, Role Role)>> MembersAsync(
        ConversationId room, CancellationToken cancellation) => readers.ReadAsync<IReadOnlyList<(long Account, string Name, Role Role)>>(
            reader => reader.Rows(
                """
                SELECT a.id, a.name, a.role FROM room_list AS l JOIN accounts AS a ON a.id = l.account
                WHERE l.conversation = $room ORDER BY a.name_key
                """,
                row => (row.Number(0), row.Text(1), row.Role(2)), ("$room", room.Value)),
            cancellation);

    /// <summary>The accounts of these names that have the room on their list, by the key of the name.</summary>
    public ValueTask<IReadOnlyDictionary<string, (long Account, string Name)>> NamedAsync(
        ConversationId room, IEnumerable<string> keys, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyDictionary<string, (long Account, string Name)>>(
            reader => reader.Rows(
                """
                SELECT DISTINCT a.name_key, a.id, a.name FROM json_each($names) CROSS JOIN accounts AS a ON a.name_key = value
                CROSS JOIN room_list AS l ON l.conversation = $room AND l.account = a.id
                """,
                row => (Key: row.Text(0), Account: row.Number(1), Name: row.Text(2)),
                ("$names", JsonSerializer.Serialize(keys)), ("$room", room.Value))
                .ToDictionary(found => found.Key, found => (found.Account, found.Name)),
            cancellation);

    /// <summary>How far the account has read in direct conversations; those that it has not read in are missing.</summary>
    public ValueTask<IReadOnlyDictionary<ConversationId, long>> DirectMarksAsync(
        long account, IEnumerable<ConversationId> directs, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyDictionary<ConversationId, long>>(
            reader => reader.Rows(
                """
                SELECT conversation, read FROM json_each($ids) CROSS JOIN direct_marks ON conversation = value AND account = $account
                """,
                row => (Id: new ConversationId(row.Number(0)), Read: row.Number(1)),
                ("$ids", ConversationId.Json(directs)), ("$account", account)).ToDictionary(mark => mark.Id, mark => mark.Read),
            cancellation);

    /// <summary>
    /// Writes marks in the order given; their neighbours should follow each other. A room that is no longer on a list gets none, nor does
    /// an account that is gone.
    /// </summary>
    public Task WriteAsync(IReadOnlyList<ReadMark> marks) => writer.WriteLikeMessagesAsync(connection =>
    {
        using var ofRooms = new RepeatedStatement(
            connection,
            """
            UPDATE room_list SET read = $read WHERE conversation = $conversation AND account = $account AND read < $read
            """,
            MarkParameters);
        using var ofDirects = new RepeatedStatement(
            connection,
            """
            INSERT INTO direct_marks(conversation, account, read)
            SELECT $conversation, id, $read FROM accounts WHERE id = $account
            ON CONFLICT (conversation, account) DO UPDATE SET read = excluded.read WHERE direct_marks.read < excluded.read
            """,
            MarkParameters);
        foreach (var mark in marks)
        {
            (mark.IsOfRoom ? ofRooms : ofDirects).Run(mark.Conversation.Value, mark.Account, mark.Read);
        }
        return marks.Count;
    });

    /// <summary>Forgets all marks: the conversations begin anew.</summary>
    public Task ResetAsync() => writer.WriteLikeMessagesAsync(connection =>
        Sql.Execute(connection, "UPDATE room_list SET read = 0 WHERE read > 0") + Sql.Execute(connection, "DELETE FROM direct_marks"));

    private (string, object?)[] Parameters(long account, ConversationId room, long read) =>
        [("$account", account), ("$room", room.Value), ("$read", read), ("$now", clock.GetUtcNow().ToUnixTimeMilliseconds())];

    private static ListedRoom ToRoom(DbDataReader row) => new(
        new ConversationId(row.Number(0)), row.RoomName(2), row.Number(1), row.Flag(3), row.TextOrNull(4), row.Flag(5));
}
