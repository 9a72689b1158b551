using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A generation's settings, scheduled work and handovers. They end with it; its jobs stay.</summary>
/// <param name="settingsFile">The operator's settings for the plugin; may not exist.</param>
internal sealed class PluginResources(string plugin, string settingsFile, PluginJobs jobs, HookRuntime hookRuntime, ILoggerFactory logs)
{
    private readonly TimeProvider time = hookRuntime.Time;
    private readonly PluginScheduler scheduler =
        new(plugin, hookRuntime.Time, logs.CreateLogger<PluginScheduler>(), hookRuntime.Activity);
    private readonly Dictionary<string, Func<IServiceProvider, IJob>> jobTypes = new(StringComparer.Ordinal);
    private JobRunner? runner;
    private readonly List<IAsyncDisposable> settings = [];
    private readonly List<HandoverDescriptor> handovers = [];

    public IReadOnlyList<HandoverDescriptor> Handovers => handovers;

    /// <summary>Full names of the classes that run jobs.</summary>
    public IReadOnlyCollection<string> JobTypes => jobTypes.Keys;

    public void AddTo(IServiceCollection services) => services
        .AddSingleton<TimeProvider>(new PluginTime(time, hookRuntime.Activity))
        .AddSingleton<IScheduler>(new DurableScheduler(scheduler, jobs, jobTypes.Keys));

    /// <exception cref="PluginRefusedException">The settings file is wrong.</exception>
    public void AddSettings<T>(IServiceCollection services, JsonTypeInfo<T> json, Func<T, string?>? validate) where T : class, new()
    {
        var added = new PluginSettings<T>(settingsFile, json, validate, time, logs.CreateLogger("Plugin." + plugin));
        settings.Add(added);
        services.AddSingleton<ISettings<T>>(added);
    }

    public void AddHandover<T>(IServiceCollection services) where T : class, IHandover
    {
        services.TryAddSingleton<T>();
        if (handovers.Exists(h => h.Name == typeof(T).FullName)) return;
        handovers.Add(new(typeof(T).FullName!, container => container.GetRequiredService<T>()));
    }

    public void AddJob<T>(IServiceCollection services) where T : class, IJob
    {
        services.TryAddSingleton<T>();
        jobTypes.TryAdd(typeof(T).FullName!, container => container.GetRequiredService<T>());
    }

    /// <summary>Called when the generation has become active: from now on it runs the plugin's jobs.</summary>
    public void RunJobs(PluginOwner owner) => jobs.Activate(runner = new(owner, jobTypes));

    /// <summary>Completes when no work runs and no listener is called any more.</summary>
    public async Task EndAsync()
    {
        if (runner is not null) jobs.Release(runner); // first: a listener of the settings may hang
        runner = null;
        foreach (var watched in settings) await watched.DisposeAsync();
        settings.Clear();
        await scheduler.EndAsync();
    }
}
