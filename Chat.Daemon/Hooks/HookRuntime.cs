using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>The parts of the daemon that every hook runs with.</summary>
internal sealed class HookRuntime(HookMetrics metrics, TimeProvider time, ILoggerFactory logs)
{
    public HookMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public GuardedCalls Calls { get; } = new(time, logs.CreateLogger<GuardedCalls>());

    public PluginActivity Activity { get; } = new();

    public ILogger Log { get; } = logs.CreateLogger<HookSet>();
}
