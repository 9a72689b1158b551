using Chat.Daemon.Capabilities;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Makes a running generation of a plugin that has been inspected: its load context, its entry, its container.</summary>
internal sealed class PluginStarter(CapabilityTable capabilities, PluginPlaces places, ILoggerFactory logs, TimeProvider time)
{
    private static readonly ServiceProviderOptions Strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    /// <summary>What a plugin may take until its setup has returned.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Counts what the hooks of all plugins do.</summary>
    public HookMetrics Metrics { get; init; } = new();

    /// <exception cref="PluginRefusedException">It threw, or took too long.</exception>
    public async Task<PluginGeneration> StartAsync(PluginCandidate candidate, CancellationToken cancellation)
    {
        var loaded = new LoadedTraces();
        var starting = OnItsOwnThread(() => Start(candidate, loaded));
        try
        {
            return await starting.WaitAsync(Limit, time, cancellation);
        }
        catch (Exception abandoned) when (abandoned is TimeoutException or OperationCanceledException)
        {
            var ended = StopLateAsync(starting);
            if (abandoned is OperationCanceledException) throw;
            throw new PluginRefusedException(Sentence.Of(t => t.NotStarted(Limit.TotalSeconds))) { Remains = loaded.Remains(ended) };
        }
    }

    /// <summary>A plugin that hangs holds no thread of the pool, and sees no async-locals of the daemon's, which would keep it from unloading.</summary>
    private static Task<PluginGeneration> OnItsOwnThread(Func<PluginGeneration> start)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(start, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Nobody has called anything of it, so there is nothing to wait for but its disposal.</summary>
    private async Task StopLateAsync(Task<PluginGeneration> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully) await (await starting).StopAsync(TimeSpan.Zero, Limit);
    }

    private PluginGeneration Start(PluginCandidate candidate, LoadedTraces loaded)
    {
        PluginAssembly? assembly = null;
        var belongings = new PluginResources(candidate.Manifest.Id, places.SettingsOf(candidate.Source), time, logs);
        try
        {
            assembly = PluginAssembly.Load(candidate.Staged);
            loaded.Of(assembly);
            return Start(candidate, assembly, belongings);
        }
        catch (Exception failure)
        {
            var ended = belongings.EndAsync();
            assembly?.Dispose();
            var refused = failure as PluginRefusedException ?? new PluginRefusedException(SentenceOf(failure), cause: failure);
            refused.Remains = loaded.Remains(ended);
            throw refused;
        }
    }

    private PluginGeneration Start(PluginCandidate candidate, PluginAssembly assembly, PluginResources belongings)
    {
        var manifest = candidate.Manifest;
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<ILoggerFactory>(new PluginLoggers(logs, manifest.Id)).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        capabilities.AddTo(services, manifest.Id);
        belongings.AddTo(services);
        var setup = new PluginSetup(services, belongings);
        assembly.CreateEntry(manifest.Entries[0]).Configure(setup);
        var commands = setup.Close();
        assembly.CheckShared();
        if (setup.Filters.Select(f => f.Problem).FirstOrDefault(p => p is not null) is { } problem) throw new PluginRefusedException(Sentence.Quoted(problem));
        var container = services.BuildServiceProvider(Strict);
        try
        {
            var owner = new PluginOwner(manifest.Id, container, time);
            var runtime = new HookRuntime(Metrics, time, logs);
            var body = new PluginBody(container, assembly, belongings)
            {
                Commands = [.. commands.Select(c => Checked(new(c, owner)))],
                Hooks = HookSet.Create(owner, setup.Filters, setup.Handlers, runtime), // now, not with the first message
            };
            return new PluginGeneration(candidate, owner, body, runtime.Calls, logs.CreateLogger<PluginGeneration>());
        }
        catch (Exception)
        {
            container.DisposeAsync().AsTask().Wait(Limit); // on the start's own thread
            throw;
        }
    }

    private static CatalogueEntry Checked(CatalogueEntry command) => command.Problems.Count == 0 ? command
        : throw new PluginRefusedException(Sentence.Of(t => t.Command(command.Descriptor.Name, string.Join(' ', command.Problems))));

    private static Sentence SentenceOf(Exception failure) => failure switch
    {
        FileNotFoundException { FileName: { } file } => Sentence.Of(t => t.NeedsFile(file)),
        MissingMemberException or TypeLoadException => Sentence.Of(t => t.CompiledOtherwise(failure.Message)),
        AggregateException several => Sentence.Of(t => t.NoContainer(several.InnerExceptions[0].Message)),
        _ => Sentence.Of(t => t.Threw(failure.GetType().Name, failure.Message)),
    };

    /// <summary>Written on the start's thread, read on another, which may have given up by then.</summary>
    private sealed class LoadedTraces
    {
        private volatile IReadOnlyList<WeakReference>? traces;

        public void Of(PluginAssembly assembly) => traces = assembly.Traces();

        public LeakTrace? Remains(Task ended) => traces is { } all ? new(all, ended) : null;
    }
}
