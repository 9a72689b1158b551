using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>What a plugin wants to hand on, by the name of its class.</summary>
internal sealed record HandoverDescriptor(string Name, Func<IServiceProvider, IHandover> Get);

/// <summary>Carries state from a generation that has drained to the one that serves. A state that gets lost is a line in the log; both go on.</summary>
internal sealed partial class PluginHandover(GuardedCalls calls, ILogger<PluginHandover> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int LargestState = 1_048_576;

    public async Task PassAsync(string plugin, PluginBody from, PluginBody to)
    {
        foreach (var handover in from.Belongings.Handovers)
        {
            if (to.Belongings.Handovers.FirstOrDefault(h => h.Name == handover.Name) is not { } successor) continue;
            var site = new CallSite("handover", Printable.Escape(handover.Name), plugin);
            try
            {
                var state = await RunAsync(site, token => handover.Get(from.Container).SaveAsync(token).AsTask());
                if (state is null) continue;
                if (state.Length > LargestState) throw new InvalidOperationException($"The state has {state.Length} bytes; at most {LargestState} are handed on.");
                await RunAsync<object?>(site, async token =>
                {
                    await successor.Get(to.Container).RestoreAsync(state, token);
                    return null;
                });
                HandedOn(plugin, Printable.Escape(handover.Name), state.Length);
            }
            catch (Exception failure)
            {
                Lost(PluginFailure.Of(failure), plugin, Printable.Escape(handover.Name));
            }
        }
    }

    private async Task<T> RunAsync<T>(CallSite site, Func<CancellationToken, Task<T>> code)
    {
        var call = await calls.RunAsync(site, code, Limit, CancellationToken.None);
        return call.End is CallEnd.Missed ? throw new TimeoutException($"It took longer than {Limit.TotalSeconds} s.") : await call.Running;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin}: {Name} handed on {Bytes} bytes of state.")]
    private partial void HandedOn(string plugin, string name, int bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin}: the state of {Name} could not be handed on; the new version goes on without it.")]
    private partial void Lost(Exception failure, string plugin, string name);
}
