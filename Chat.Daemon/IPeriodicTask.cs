namespace Chat.Daemon;

/// <summary>Work that depends on time alone. The daemon runs it once after the start, then once per period, one task at a time.</summary>
internal interface IPeriodicTask
{
    /// <summary>A multiple of one second.</summary>
    TimeSpan Period { get; }

    /// <summary>A failure is logged; the task runs again after its period.</summary>
    Task RunAsync(CancellationToken cancellation);
}
