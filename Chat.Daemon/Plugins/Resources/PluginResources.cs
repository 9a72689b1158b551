using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A generation's settings, scheduled work and handovers. They end with it.</summary>
/// <param name="settingsFile">The operator's settings for the plugin; may not exist.</param>
internal sealed class PluginResources(string plugin, string settingsFile, TimeProvider time, ILoggerFactory logs)
{
    private readonly PluginScheduler scheduler = new(plugin, time, logs.CreateLogger<PluginScheduler>());
    private readonly List<IAsyncDisposable> settings = [];
    private readonly List<HandoverDescriptor> handovers = [];

    public IReadOnlyList<HandoverDescriptor> Handovers => handovers;

    public void AddTo(IServiceCollection services) => services.AddSingleton<IScheduler>(scheduler);

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

    /// <summary>Completes when no work runs and no listener is called any more.</summary>
    public async Task EndAsync()
    {
        foreach (var watched in settings) await watched.DisposeAsync();
        settings.Clear();
        await scheduler.EndAsync();
    }
}
