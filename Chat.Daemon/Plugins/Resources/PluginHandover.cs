using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>Passes state from a drained generation to the active one. If that fails, it is logged and both carry on.</summary>
internal sealed partial class PluginHandover(GuardedCalls calls, ILogger<PluginHandover> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int MaxStateBytes = 1_048_576;

    public async Task PassAsync(string plugin, LoadedPlugin from, LoadedPlugin to)
    {
        foreach (var handover in from.Resources.Handovers)
        {
            if (to.Resources.Handovers.FirstOrDefault(h => h.Name == handover.Name) is not { } successor) continue;
            var name = Printable.Escape(handover.Name);
            var site = new CallSite("handover", name, plugin);
            try
            {
                var state = await RunAsync(site, token => handover.Get(from.Container).SaveAsync(token).AsTask());
                if (state is null) continue;
                if (state.Length > MaxStateBytes)
                    throw new InvalidOperationException($"The state has {state.Length} bytes; at most {MaxStateBytes} are allowed.");
                await RunAsync<object?>(site, async token =>
                {
                    await successor.Get(to.Container).RestoreAsync(state, token);
                    return null;
                });
                LogHandedOver(plugin, name, state.Length);
            }
            catch (Exception failure)
            {
                LogLost(PluginFailure.Of(failure), plugin, name);
            }
        }
    }

    private async Task<T> RunAsync<T>(CallSite site, Func<CancellationToken, Task<T>> code)
    {
        var call = await calls.RunAsync(site, code, Limit, CancellationToken.None);
        if (call.End is CallEnd.Missed) throw new TimeoutException($"It took longer than {Limit.TotalSeconds} s.");
        return await call.Running;
    }

    [LoggerMessage(
        EventId = 780, EventName = "PluginStateHandedOver", Level = LogLevel.Information,
        Message = "Plugin {Plugin}: {Name} handed over {Bytes} bytes of state.")]
    private partial void LogHandedOver(string plugin, string name, int bytes);

    [LoggerMessage(
        EventId = 781, EventName = "PluginStateLost", Level = LogLevel.Error,
        Message = "Plugin {Plugin}: the state of {Name} could not be handed over. The new version runs without it.")]
    private partial void LogLost(Exception failure, string plugin, string name);
}
