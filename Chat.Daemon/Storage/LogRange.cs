namespace Chat.Daemon.Storage;

/// <summary>The numbers of a conversation's messages.</summary>
/// <param name="First">The oldest message kept; <paramref name="Last"/> + 1 if none is.</param>
/// <param name="Last">The newest number ever given; 0 before the first.</param>
internal readonly record struct LogRange(long First, long Last);
