namespace Chat.Daemon.Storage.Migration;

/// <summary>A table that both engines have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns in whose order its rows are copied. <c>rowid</c> is SQLite's own number of a row.</param>
internal sealed record MigratedTable(string Name, params IReadOnlyList<string> Key)
{
    /// <summary>Every table with what users, plugins or the daemon have written. A test compares them with the schemas.</summary>
    public static IReadOnlyList<MigratedTable> All { get; } =
    [
        new("conversations", "id"), new("messages", "id"), new("changes", "id"), new("reactions", "rowid"),
        new("reaction_counts", "conversation", "seq", "emoji"), new("mentions", "rowid"),
        new("accounts", "id"), new("sessions", "id"), new("page_logins", "id"), new("known_networks", "account", "network"),
        new("invitations", "rowid"), new("bans", "id"), new("mutes", "rowid"), new("blocks", "rowid"), new("erasures", "account"),
        new("room_invitations", "rowid"), new("room_list", "conversation", "account"), new("direct_marks", "conversation", "account"),
        new("permissions", "rowid"), new("plugin_values", "version"), new("audit", "id"),
    ];

    /// <summary>
    /// The epoch goes last, by itself. What the search of an engine needs is made anew. The rest belongs to a place: the version of its
    /// tables, the nodes that use it, and an unfinished copy.
    /// </summary>
    public static IReadOnlyList<string> NotCopied { get; } = ["epoch", "unindexed", "schema", "cluster_nodes", "migration"];

    /// <summary>What only PostgreSQL has: the words of a message, which are made of its text.</summary>
    public const string WordsColumn = "words";

    public string InOrder => $"ORDER BY {string.Join(", ", Key)}";

    /// <summary>The column with the conversation of a row; null where rows have none.</summary>
    public string? ConversationIn(List<string> columns) =>
        Name == "conversations" ? "id" : columns.Contains("conversation") ? "conversation" : null;
}
