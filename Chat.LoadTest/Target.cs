using Chat.Client.Programs;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest;

/// <summary>What is tested.</summary>
/// <param name="Started">The temporary daemon; null if the user named one.</param>
/// <param name="ProcessId">Its process; null if it cannot be watched from here.</param>
internal sealed record Target(IReadOnlyList<DaemonAddress> Daemons, TemporaryDaemon? Started, int? ProcessId)
{
    public override string ToString() => string.Join(", ", Daemons);
}
