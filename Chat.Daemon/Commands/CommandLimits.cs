namespace Chat.Daemon.Commands;

/// <summary>What the daemon remembers about callers between their invocations.</summary>
internal sealed class CommandLimits(TimeProvider time)
{
    public RateTable Rates { get; } = new(time);

    public ConfirmationTable Confirmations { get; } = new(time);
}
