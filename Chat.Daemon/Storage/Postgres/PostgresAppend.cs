using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>
/// The statements of appends, within the writer's transaction. Messages of all conversations are collected, and inserted together before
/// anything else is done and before the commit. UNIQUE (conversation, seq) keeps two sequencers of one conversation apart.
/// </summary>
internal sealed class PostgresAppend(NpgsqlConnection connection)
{
    private const string SelectTails = """
        SELECT asked.id, greatest((SELECT max(seq) FROM messages WHERE conversation = asked.id), pruned_through, 0),
            coalesce(kind = 'room' AND name_key IS NULL, false), first_identity IS NOT NULL
        FROM unnest($1) AS asked(id) LEFT JOIN conversations AS c ON c.id = asked.id
        """;

    /// <summary>Ids follow the order of the rows.</summary>
    private const string InsertMessages = """
        INSERT INTO messages(conversation, seq, sender, at, text, session, client_id, via, erased, identity, reply_to, mentions, words)
        SELECT conversation, seq, sender, at, text, session, client_id, via, erased, identity, reply_to, mentions,
            array_to_tsvector(string_to_array(words, ' '))
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY
            AS m(conversation, seq, sender, at, text, session, client_id, via, erased, identity, reply_to, mentions, words, n)
        ORDER BY n
        """;

    private const string InsertMentions = """
        INSERT INTO mentions(account, conversation, seq, message)
        SELECT given.account, given.conversation, given.seq, id
        FROM unnest($1, $2, $3) AS given(account, conversation, seq)
        JOIN messages AS m ON m.conversation = given.conversation AND m.seq = given.seq
        """;

    /// <summary>For the order of direct conversations.</summary>
    private const string MarkLatest = """
        UPDATE conversations SET latest = (SELECT id FROM messages WHERE conversation = conversations.id ORDER BY seq DESC LIMIT 1)
        WHERE id = ANY($1)
        """;

    private readonly WordFolder folder = new();
    private readonly PostgresChanges changes = new(connection);
    private readonly List<(ConversationId Conversation, LoggedMessage Message)> waiting = [];

    /// <returns>The outcomes of the changes, in their order.</returns>
    /// <exception cref="LogRefusedException">The numbers do not continue the conversation, or it is a deleted room.</exception>
    public IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        List<ChangeOutcome>? outcomes = null;
        foreach (var entry in entries)
        {
            if (entry is LoggedMessage message)
            {
                waiting.Add((conversation, message));
                continue;
            }
            Flush();
            (outcomes ??= []).Add(changes.Apply(conversation, (LoggedChange)entry));
        }
        return outcomes ?? (IReadOnlyList<ChangeOutcome>)[];
    }

    /// <summary>Inserts what was collected.</summary>
    /// <exception cref="LogRefusedException">Numbers do not continue their conversation, or it is a deleted room.</exception>
    public void Flush()
    {
        if (waiting.Count == 0) return;
        var directs = Check();
        Insert();
        InsertMentioned();
        if (directs.Count > 0) Run(MarkLatest, directs.ToArray());
        waiting.Clear();
    }

    /// <summary>The transaction is rolled back.</summary>
    public void Drop() => waiting.Clear();

    /// <returns>The direct conversations among them.</returns>
    private List<long> Check()
    {
        var (tails, directs) = (new Dictionary<long, long>(), new List<long>());
        using var command = Command(SelectTails, waiting.Select(one => one.Conversation.Value).Distinct().ToArray());
        using (var row = command.ExecuteReader())
        {
            while (row.Read())
            {
                var id = row.GetInt64(0);
                if (row.GetBoolean(2)) throw new LogRefusedException($"Conversation {id} is a deleted room.");
                if (row.GetBoolean(3)) directs.Add(id);
                tails[id] = row.GetInt64(1);
            }
        }
        foreach (var (conversation, message) in waiting)
        {
            LogRefusedException.ThrowUnlessNext(conversation, message.Seq, tails[conversation.Value] + 1);
            tails[conversation.Value] = message.Seq;
        }
        return directs;
    }

    private void Insert() => Run(
        InsertMessages,
        Each(one => one.Conversation.Value), Each(one => one.Message.Seq), Each(one => one.Message.From), Each(one => one.Message.AtMs),
        Each(one => one.Message.Text), Each(one => one.Message.Session), Each(one => one.Message.ClientId), Each(one => one.Message.Via),
        Each(one => one.Message.Erased ? 1L : 0), Each(one => one.Message.Identity), Each(one => one.Message.ReplyTo),
        Each(one => one.Message.Mentions), Each(one => folder.Fold(one.Message.Text).ToString()));

    private void InsertMentioned()
    {
        var mentions = waiting.Where(one => one.Message.MentionedAccounts is not null).SelectMany(
            one => one.Message.MentionedAccounts!, (one, account) => (account, one.Conversation.Value, one.Message.Seq)).ToList();
        if (mentions.Count == 0) return;
        Run(
            InsertMentions, mentions.Select(of => of.account).ToArray(), mentions.Select(of => of.Value).ToArray(),
            mentions.Select(of => of.Seq).ToArray());
    }

    private T[] Each<T>(Func<(ConversationId Conversation, LoggedMessage Message), T> field) => [.. waiting.Select(field)];

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
