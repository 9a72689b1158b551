namespace Chat.Daemon.Configuration;

internal enum Durability
{
    /// <summary>fsync before the echo: survives power loss.</summary>
    Full,

    /// <summary>Survives the process.</summary>
    Normal,

    /// <summary>Memory only.</summary>
    None,
}

internal sealed class HistoryOptions(SettingReader read)
{
    public Durability Durability { get; } = read.Choice("Chat:History:Durability", Durability.Full,
        "What an echo promises. full: on disk, survives power loss; normal: survives the process, not a crash of the machine; none: memory only, gone when the daemon stops. full costs some 18 % more CPU than normal.", Takes.AtStart);

    public int MemoryMessages { get; } = read.Whole("Chat:History:MemoryMessages", 10_000, "messages of each conversation", 100, 10_000_000,
        "How many are kept where Chat:History:Durability is none; the oldest go first.", Takes.AtStart);

    public int AuditDays { get; } = read.Whole("Chat:History:AuditDays", 365, "days; 0 = for good", 0, 36_500,
        "How long the record of who used which command is kept. Long enough to look into what is noticed late; what names people is not kept for good.");
}
