using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>What one generation has beside its code and its container, and what ends with it.</summary>
/// <param name="settingsFile">Where the operator sets what is the plugin's; need not be there.</param>
internal sealed class PluginResources(string plugin, string settingsFile, TimeProvider time, ILoggerFactory logs)
{
    private readonly PluginScheduler scheduler = new(plugin, time, logs.CreateLogger<PluginScheduler>());
    private readonly List<IAsyncDisposable> watched = [];
    private readonly List<HandoverDescriptor> handovers = [];

    public IReadOnlyList<HandoverDescriptor> Handovers => handovers;

    public void AddTo(IServiceCollection services) => services.AddSingleton<IScheduler>(scheduler);

    /// <exception cref="PluginRefusedException">The file is wrong.</exception>
    public void Settings<T>(IServiceCollection services, JsonTypeInfo<T> json, Func<T, string?>? problem) where T : class, new()
    {
        var settings = new PluginSettings<T>(settingsFile, json, problem, time, logs.CreateLogger("Plugin." + plugin));
        watched.Add(settings);
        services.AddSingleton<ISettings<T>>(settings);
    }

    public void Handover<T>(IServiceCollection services) where T : class, IHandover
    {
        services.TryAddSingleton<T>();
        if (handovers.Exists(h => h.Name == typeof(T).FullName)) return;
        handovers.Add(new(typeof(T).FullName!, container => container.GetRequiredService<T>()));
    }

    /// <summary>Completes when nothing of it runs any more.</summary>
    public async Task EndAsync()
    {
        foreach (var settings in watched) await settings.DisposeAsync();
        watched.Clear();
        await scheduler.EndAsync();
    }
}
