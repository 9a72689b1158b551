namespace Chat.Daemon.History;

/// <summary>What an acknowledged message survives. The daemon's setting <c>Chat:History:Durability</c>.</summary>
internal enum Durability
{
    /// <summary>Power loss: each commit waits for the disk.</summary>
    Full,

    /// <summary>The process's death, not the machine's.</summary>
    Normal,

    /// <summary>Nothing: messages are kept in memory. Accounts, sessions and rooms are durable as with <see cref="Normal"/>.</summary>
    None,
}
