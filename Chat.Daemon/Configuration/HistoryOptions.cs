namespace Chat.Daemon.Configuration;

internal sealed class HistoryOptions(SettingReader read)
{
    public Durability Durability { get; } = read.Choice("Chat:History:Durability", Durability.Full,
        "What the echo of a message guarantees. full: on disk, survives a power failure; normal: survives a crash of the daemon, not "
        + "of the machine; none: in memory, lost when the daemon stops. full costs about 18 % more CPU than normal. Accounts, roles, bans "
        + "and ended sessions are on disk in any case.", TakesEffect.AtStart);

    public int MemoryMessages { get; } = read.Integer("Chat:History:MemoryMessages", 10_000, "messages per conversation", 100, 10_000_000,
        "Messages kept if Chat:History:Durability is none; the oldest are dropped first.", TakesEffect.AtStart);

    public int AuditDays { get; } = read.Integer("Chat:History:AuditDays", 365, "days; 0 = forever", 0, 36_500,
        "How long the daemon keeps the audit of who ran which command. Long enough to investigate late, but personal data is not kept"
        + " forever.");
}
