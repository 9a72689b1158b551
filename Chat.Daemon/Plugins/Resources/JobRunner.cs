using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A generation's classes that run jobs, by their full names.</summary>
internal sealed class JobRunner(PluginOwner owner, IReadOnlyDictionary<string, Func<IServiceProvider, IJob>> types)
{
    public PluginOwner Owner => owner;

    public bool Runs(string type) => types.ContainsKey(type);

    /// <summary>Runs the plugin's code, its constructor too.</summary>
    public async Task<bool> RunAsync(string type, ScheduledJob job, IServiceProvider container, CancellationToken cancellation)
    {
        await types[type](container).RunAsync(job, cancellation);
        return true;
    }
}
