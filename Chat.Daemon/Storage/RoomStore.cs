namespace Chat.Daemon.Storage;

/// <summary>The topics and invitations of rooms. Safe from any thread.</summary>
internal sealed class RoomStore(SqliteWriter writer, SqliteReaders readers)
{
    public Task SetTopicAsync(ConversationId room, string topic) => writer.WriteAsync(connection => Sql.Execute(
        connection, "UPDATE conversations SET topic = $topic WHERE id = $id", ("$topic", topic), ("$id", room.Value)));

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
