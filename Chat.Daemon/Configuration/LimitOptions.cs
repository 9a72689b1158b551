namespace Chat.Daemon.Configuration;

internal sealed class LimitOptions(SettingReader read)
{
    public int MessagesPerSecond { get; } = read.Integer(
        "Chat:Limits:MessagesPerSecond", 10, "messages per second and connection; 0 = no limit", 0, 1_000_000,
        "Messages from one connection. Above the limit, the daemon first reads the connection more slowly, then "
        + "refuses messages. Other frames have prices that follow from it; 0 makes them free too.");

    public int MessageBurst { get; } = read.Integer("Chat:Limits:MessageBurst", 40, "messages", 1, 1_000_000,
        "Messages accepted at once before the rate applies, such as pasted lines, or those that a client sends again after a lost "
        + "connection.");

    public int ConnectionsPerAddress { get; } = read.Integer(
        "Chat:Limits:ConnectionsPerAddress", 200, "connections; 0 = no limit", 0, 1_000_000,
        "Open connections from one address. Enough for a school or an office, but a script cannot take every connection. Together, "
        + "they share the budget of a tenth as many.");

    public int Connections { get; } = read.Integer("Chat:Limits:Connections", 0, "connections in total; 0 = no limit", 0, 10_000_000,
        "Open connections in total, those of HTTP included. On most machines, the limit on open files applies first: the daemon keeps some "
        + "of them for itself.");

    public int LoginsPerMinute { get; } = read.Integer(
        "Chat:Limits:LoginsPerMinute", 60, "logins per minute and address; 0 = no limit", 0, 1_000_000,
        "Logins from one address. Enough for a whole class at once, but it slows down password guessing.");

    public int LoginSeconds { get; } = read.Integer("Chat:Limits:LoginSeconds", 30, "seconds", 1, 3600,
        "Time to log in. After that, the daemon closes the connection.");

    public int OutboxBytes { get; } = read.Integer("Chat:Limits:OutboxBytes", 1_048_576, "bytes per connection", 4096, int.MaxValue,
        "Bytes queued for a client that reads more slowly than its rooms write. Above the limit, the daemon closes the connection; "
        + "the client can resume.");

    public int Rooms { get; } = read.Integer("Chat:Limits:Rooms", 10_000, "rooms; 0 = no limit", 0, 10_000_000,
        "Rooms in total. Everyone may create rooms by default, so the limit keeps scripts from filling the disk. Moderators and admins "
        + "can create rooms beyond it.");

    public int RoomsPerUser { get; } = read.Integer(
        "Chat:Limits:RoomsPerUser", 150, "rooms created per hour and user; 0 = no limit", 0, 10_000_000,
        "Rooms that one user creates; moderators and admins have no limit. A connection may be in 100 rooms, so a client that creates "
        + "them all still has some left.");

    public int RoomsPerAddress { get; } = read.Integer(
        "Chat:Limits:RoomsPerAddress", 500, "rooms created per hour and address; 0 = no limit", 0, 10_000_000,
        "Rooms that the users of one address create. Enough for a whole school, but a script cannot use up all rooms at once.");

    /// <summary>What frames may cost, which follows from the limits above.</summary>
    public BudgetLimits Budgets => field ??= new BudgetLimits(MessagesPerSecond, MessageBurst, ConnectionsPerAddress);
}
