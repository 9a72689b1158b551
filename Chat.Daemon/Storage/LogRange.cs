namespace Chat.Daemon.Storage;

/// <summary>The numbers of a conversation.</summary>
/// <param name="First">The oldest message kept; <paramref name="Last"/> + 1 if none is.</param>
/// <param name="Last">The number of the newest message ever; 0 before the first.</param>
/// <param name="Rev">The number of the last change; 0 before the first.</param>
internal readonly record struct LogRange(long First, long Last, long Rev = 0);
