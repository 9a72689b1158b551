namespace Chat.Daemon.Accounts;

/// <summary>
/// Everything that the database keeps about accounts: the one list of it. A test fails if a table or a column is missing here.
/// </summary>
internal static class AccountTables
{
    /// <summary>
    /// Of old messages the author's identity may be unknown. While an account exists, nobody else has its name, so the name and the time
    /// tell who wrote them: a guest may have had the name before.
    /// </summary>
    private const string Wrote = $"coalesce(identity = $identity, {WroteOld})";

    private const string WroteOld = "sender = $name AND at >= $created";

    private const string Room = "(SELECT c.name FROM conversations AS c WHERE c.id = conversation) AS room";

    private const string IsPartOfDirect = """
        EXISTS (SELECT 1 FROM conversations AS c
            WHERE c.id = conversation AND (c.first_identity = $identity OR c.second_identity = $identity))
        """;

    /// <summary>Of where a command was called: rooms have names, too.</summary>
    private const string IsPlace =
        "(place IN ($name, $name_key) AND NOT EXISTS (SELECT 1 FROM conversations AS c WHERE c.name_key = $name_key))";

    /// <summary>Of an argument of a command.</summary>
    private const string IsName = "ltrim(value, '@') COLLATE NOCASE IN ($name, $name_key)";

    /// <summary>Commands that name the account: as an argument, or as the other user where they were called.</summary>
    private const string IsNamed = $"""
        at >= $created AND ({IsPlace}
            OR CASE WHEN json_valid(arguments) THEN EXISTS (
                SELECT 1 FROM json_each(arguments) WHERE {IsName}) END)
        """;

    public static IReadOnlyList<AccountTable> All { get; } =
    [
        new("accounts", "id", "name", "name_key", "look_key", "role", "password", "created_at", "listed", "plugin")
        {
            Among = "id = $account",
            Where = "true",
            Exported = """
                name, CASE role WHEN 1 THEN 'member' WHEN 2 THEN 'moderator' WHEN 3 THEN 'admin' END AS role, created_at AS "created@",
                plugin
                """,
            Erased = [new("true")],
        },
        new("page_logins", "id", "cookie_hash", "account", "created_at")
        {
            Where = "account = $account",
            Exported = """id, created_at AS "created@" """,
            Erased = [new("account = $account")],
        },
        new(
            "sessions", "id", "token_hash", "name", "name_key", "account", "lang", "created_at", "seen_at", "held", "first_message",
            "page_login")
        {
            Where = "account = $account",
            Exported = """id, lang, created_at AS "created@", seen_at AS "seen@", held AS "connected?" """,
            Erased = [new("account = $account")],
        },
        new("known_networks", "account", "network", "seen_at")
        {
            Key = "network",
            First = "",
            Among = "account = $account",
            Where = "true",
            Exported = """network, seen_at AS "seen@" """,
            Erased = [new("true")],
        },
        new("invitations", "code_hash", "created_by", "expires_at")
        {
            Where = "created_by = $identity",
            Exported = """expires_at AS "expires@" """,
            Erased = [new("created_by = $identity")],
        },
        new("bans", "id", "subject", "name", "network", "until", "reason", "by", "at", "rank")
        {
            Where = "subject = $identity OR (by = $name AND at >= $created)",
            Exported = """name, nullif(network, '') AS network, at AS "at@", until AS "until@", reason, by""",
            Erased = [new("subject = $identity"), new("by = $name AND at >= $created", Set: "by = $placeholder")],
        },
        new(
            "mutes", "identity", "conversation", "until", "reason", "by", "name", "name_key", "network", "last_session", "spreads_until")
        {
            Where = "identity = $identity OR by = $name",
            Exported = $"""name, {Room}, until AS "until@", reason, by""",
            Erased = [new("identity = $identity"), new("by = $name", Set: "by = $placeholder")],
        },
        new(
            "conversations", "id", "kind", "created_at", "creator", "pruned_through", "name_key", "name", "topic", "owner", "private",
            "first_identity", "first_name", "first_name_key", "second_identity", "second_name", "second_name_key", "latest", "look_key",
            "keep_days", "keep_messages", "last_rev")
        {
            Where = """
                (kind = 'direct' OR name_key IS NOT NULL)
                AND (creator = $identity OR owner = $identity OR first_identity = $identity OR second_identity = $identity)
                """,
            Exported = """
                kind, name AS room, CASE WHEN first_identity = $identity THEN second_name ELSE first_name END AS "with",
                created_at AS "created@",
                creator = $identity AS "creator?", owner = $identity AS "owner?", private AS "private?", topic
                """,
            Erased =
            [
                new("first_identity = $identity AND first_name <> $placeholder",
                    Set: "first_name = $placeholder, first_name_key = $placeholder"),
                new("second_identity = $identity AND second_name <> $placeholder",
                    Set: "second_name = $placeholder, second_name_key = $placeholder"),
            ],
        },
        new("blocks", "account", "blocked", "name", "name_key", "at")
        {
            Where = "account = $account",
            Exported = """name, at AS "at@" """,
            Erased = [new("account = $account OR blocked = $identity")],
        },
        new("room_invitations", "conversation", "identity")
        {
            Where = "identity = $identity",
            Exported = Room,
            Erased = [new("identity = $identity")],
        },
        new(
            "audit", "id", "at", "invocation", "caller_id", "caller", "command", "plugin", "place", "arguments", "outcome", "milliseconds")
        {
            Where = $"caller_id = $identity OR ({IsNamed})",
            Exported = """at AS "at@", caller, command, plugin, place, arguments AS "arguments{}", outcome, invocation AS reference""",
            Erased =
            [
                new("caller_id = $identity AND caller <> $placeholder", Set: "caller = $placeholder"),
                new(IsNamed, Set: $"""
                    place = CASE WHEN {IsPlace} THEN $placeholder ELSE place END,
                    arguments = CASE WHEN json_valid(arguments) THEN (
                        SELECT CAST(json_group_object(key, CASE WHEN {IsName} THEN $placeholder ELSE value END) AS TEXT)
                        FROM json_each(arguments)) ELSE arguments END
                    """),
            ],
        },
        new("plugin_values", "version", "plugin", "key", "value", "bytes", "room")
        {
            Key = "version",
            Where = "replace(':' || key || ':', ':' || $identity || ':', '') <> ':' || key || ':'",
            Exported = "plugin, key, value",
            Erased = [new("replace(':' || key || ':', ':' || $identity || ':', '') <> ':' || key || ':'")],
        },
        new(
            "messages", "id", "conversation", "seq", "sender", "at", "text", "session", "client_id", "via", "erased", "identity",
            "reply_to", "mentions", "rev", "edited_at")
        {
            Where = $"({Wrote}) OR {IsPartOfDirect}",
            Exported = $"""
                {Room},
                (SELECT CASE WHEN c.first_identity = $identity THEN c.second_name ELSE c.first_name END FROM conversations AS c
                    WHERE c.id = conversation) AS "with",
                seq, sender AS "from", at AS "at@", text, via, nullif(erased, 0) AS "erased?", client_id AS id, reply_to, mentions,
                edited_at AS "edited@"
                """,
            Erased =
            [
                new($"coalesce(identity = $identity, id <= $last_message AND {WroteOld})", Set: """
                    sender = $placeholder, identity = NULL, client_id = NULL, text = CASE WHEN $texts THEN '' ELSE text END,
                    mentions = CASE WHEN $texts THEN NULL ELSE mentions END,
                    edited_at = CASE WHEN $texts THEN NULL ELSE edited_at END, erased = CASE WHEN $texts THEN 1 ELSE erased END
                    """),
                new("""
                    mentions IS NOT NULL AND replace(' ' || mentions || ' ', ' ' || $name || ' ', '') <> ' ' || mentions || ' '
                        AND EXISTS (SELECT 1 FROM mentions AS m WHERE m.account = $account AND m.message = messages.id)
                    """,
                    Set: "mentions = trim(replace(' ' || mentions || ' ', ' ' || $name || ' ', ' ' || $placeholder || ' '))"),
            ],
        },
        new("changes", "id", "conversation", "rev", "seq", "kind", "identity", "name", "emoji", "session", "client_id", "at")
        {
            Where = "identity = $identity",
            Exported = $"""{Room}, seq, kind, emoji, at AS "at@", client_id AS id""",
            Erased = [new("identity = $identity AND name <> $placeholder", Set: "name = $placeholder, client_id = NULL")],
        },
        new("reactions", "conversation", "seq", "emoji", "identity", "name", "rev")
        {
            Where = "identity = $identity",
            Exported = $"{Room}, seq, emoji",
            Erased = [new("identity = $identity AND name <> $placeholder", Set: "name = $placeholder")],
        },
        new("reaction_counts", "conversation", "seq", "emoji", "count", "rev"),
        new("room_list", "conversation", "account", "since", "read")
        {
            Key = "conversation",
            Among = "account = $account",
            Where = "true",
            Exported = $"""{Room}, since AS "since@", read""",
            Erased = [new("true")],
        },
        new("direct_marks", "conversation", "account", "read")
        {
            Key = "conversation",
            Among = "account = $account",
            Where = "true",
            Exported = """
                (SELECT CASE WHEN c.first_identity = $identity THEN c.second_name ELSE c.first_name END FROM conversations AS c
                    WHERE c.id = conversation) AS "with",
                read
                """,
            Erased = [new("true")],
        },
        new("mentions", "account", "conversation", "seq", "message")
        {
            Where = "account = $account",
            Exported = $"{Room}, seq",
            Erased =
            [
                new("account = $account"),
                new("$texts AND EXISTS (SELECT 1 FROM messages AS m WHERE m.id = message AND m.erased = 1)"),
            ],
        },
        new("epoch", "value"),
        new("unindexed", "id", "message"), // numbers of messages, until the search index has seen them
        new("permissions", "permission", "room", "lowest"),
        new("erasures", "account", "name", "name_key", "created_at", "texts", "last_message"), // a row goes when its erasure is done
    ];
}
