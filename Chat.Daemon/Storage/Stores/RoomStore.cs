namespace Chat.Daemon.Storage.Stores;

/// <summary>The topics and invitations of rooms, and which rooms are unused. Safe from any thread.</summary>
internal sealed class RoomStore(DatabaseWriter writer, DatabaseReaders readers)
{
    /// <summary>A condition for rows of conversations: a public room without a message, a topic or a rule, on no account's list.</summary>
    public const string IsUnused = """
        name_key IS NOT NULL AND coalesce(private, 0) = 0 AND coalesce(topic, '') = '' AND pruned_through = 0
        AND keep_days IS NULL AND keep_messages IS NULL
        AND NOT EXISTS (SELECT 1 FROM room_list WHERE conversation = conversations.id)
        AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id)
        AND NOT EXISTS (SELECT 1 FROM mutes WHERE conversation = conversations.id)
        AND NOT EXISTS (SELECT 1 FROM permissions WHERE room = CAST(conversations.id AS TEXT))
        AND NOT EXISTS (SELECT 1 FROM plugin_values WHERE room = conversations.id)
        """;

    /// <summary>Unused rooms after <paramref name="afterKey"/> ("" for the first page), in the order of their keys.</summary>
    public ValueTask<IReadOnlyList<(ConversationId Id, string Key, string Name)>> UnusedAsync(
        string afterKey, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<(ConversationId Id, string Key, string Name)>>(
            reader => reader.Rows(
                $"SELECT id, name_key, name FROM conversations WHERE name_key > $after AND {IsUnused} ORDER BY name_key LIMIT $limit",
                row => (new ConversationId(row.Number(0)), row.Text(1), row.Text(2)), ("$after", afterKey), ("$limit", limit)),
            cancellation);

    /// <summary>The highest id of all conversations; 0 if there is none.</summary>
    public ValueTask<long> LastIdAsync(CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Number("SELECT coalesce(max(id), 0) FROM conversations"), cancellation);

    public Task SetTopicAsync(ConversationId room, string topic) => writer.WriteAsync(connection => Sql.Execute(
        connection, "UPDATE conversations SET topic = $topic WHERE id = $id", ("$topic", topic), ("$id", room.Value)));

    /// <returns>The room's own limits; null for those that it does not have.</returns>
    public ValueTask<(int? Days, int? Messages)> RetentionAsync(ConversationId room, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            "SELECT keep_days, keep_messages FROM conversations WHERE id = $id",
            row => ((int?)row.NumberOrNull(0), (int?)row.NumberOrNull(1)), ("$id", room.Value)).SingleOrDefault(),
        cancellation);

    public Task SetRetentionAsync(ConversationId room, int? days, int? messages) => writer.WriteAsync(connection => Sql.Execute(
        connection, "UPDATE conversations SET keep_days = $days, keep_messages = $messages WHERE id = $id",
        ("$days", days), ("$messages", messages), ("$id", room.Value)));

    public Task InviteAsync(ConversationId room, string identity) => writer.WriteAsync(connection => Sql.Execute(
        connection,
        "INSERT INTO room_invitations(conversation, identity) VALUES ($room, $identity) ON CONFLICT DO NOTHING",
        ("$room", room.Value), ("$identity", identity)));

    public ValueTask<bool> IsInvitedAsync(ConversationId room, string identity, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Number(
            "SELECT count(*) FROM room_invitations WHERE conversation = $room AND identity = $identity",
            ("$room", room.Value), ("$identity", identity)) > 0,
        cancellation);

    /// <summary>The ids of the private rooms that the identity was invited to.</summary>
    public ValueTask<IReadOnlySet<long>> InvitedToAsync(string identity, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlySet<long>>(
            reader => reader.Rows(
                "SELECT conversation FROM room_invitations WHERE identity = $identity", row => row.Number(0), ("$identity", identity))
                .ToHashSet(),
            cancellation);
}
