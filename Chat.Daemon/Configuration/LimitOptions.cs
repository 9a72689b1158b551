namespace Chat.Daemon.Configuration;

internal sealed class LimitOptions(SettingReader read)
{
    public int MessagesPerSecond { get; } = read.Whole("Chat:Limits:MessagesPerSecond", 10, "messages a second of each connection; 0 = no limit", 0, 1_000_000,
        "Nobody types ten messages a second for long. Over it a connection is read more slowly, then refused.");

    public int MessageBurst { get; } = read.Whole("Chat:Limits:MessageBurst", 40, "messages", 1, 1_000_000,
        "How many may come at once before the rate counts: a paste of some lines, what a client sends again after a lost connection.");

    public int ConnectionsPerAddress { get; } = read.Whole("Chat:Limits:ConnectionsPerAddress", 200, "connections; 0 = no limit", 0, 1_000_000,
        "A school or an office shares one address; one script must not take all connections.");

    public int Connections { get; } = read.Whole("Chat:Limits:Connections", 0, "connections in all; 0 = no limit", 0, 10_000_000,
        "The machine's own bound on open files comes first for most.");

    public int LoginsPerMinute { get; } = read.Whole("Chat:Limits:LoginsPerMinute", 60, "logins a minute of each address; 0 = no limit", 0, 1_000_000,
        "Slows down the guessing of passwords; a class that logs in together still passes.");

    public int LoginSeconds { get; } = read.Whole("Chat:Limits:LoginSeconds", 30, "seconds", 1, 3600,
        "A connection that has not logged in by then is closed.");

    public int OutboxBytes { get; } = read.Whole("Chat:Limits:OutboxBytes", 1_048_576, "bytes of each connection", 4096, int.MaxValue,
        "What may wait for a reader who is slower than the room; over it the connection is closed, and resumes where it stopped.");

    public int Rooms { get; } = read.Whole("Chat:Limits:Rooms", 10_000, "rooms; 0 = no limit", 0, 10_000_000,
        "Everybody may create rooms by default; a script must not fill the disk with them.");
}
