namespace Chat.Daemon.Storage.Stores;

/// <summary>Whom an account has blocked: another account, or a guest's session.</summary>
internal static class BlockRows
{
    public const string Migration = """
        CREATE TABLE blocks(
            account INTEGER NOT NULL,
            blocked TEXT NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE(account, blocked)
        ) STRICT;
        """;
}
