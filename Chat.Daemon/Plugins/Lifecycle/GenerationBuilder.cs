using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Builds a generation from an inspected plugin: loads its code, lets it register its parts, and builds its container.</summary>
internal sealed class GenerationBuilder(
    CapabilityTable capabilities, PluginFolders folders, JobTable jobTable, HookRuntime hookRuntime, ILoggerFactory logs)
{
    private static readonly ServiceProviderOptions Strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs the plugin's code, which may block: call it on a thread of its own.</summary>
    /// <param name="onLoaded">Gets weak references to what was loaded, before any of the plugin's code runs.</param>
    /// <exception cref="PluginRefusedException">It cannot be loaded, threw, or registered something wrong.</exception>
    public PluginGeneration Build(PluginCandidate candidate, Action<IReadOnlyList<WeakReference>> onLoaded)
    {
        PluginAssembly? assembly = null;
        IReadOnlyList<WeakReference>? traces = null;
        var id = candidate.Manifest.Id;
        var resources = new PluginResources(id, folders.SettingsOf(candidate.Source), jobTable.Of(id), hookRuntime, logs);
        try
        {
            assembly = PluginAssembly.Load(candidate.Staged, id);
            onLoaded(traces = assembly.Traces());
            return Build(candidate, assembly, resources);
        }
        catch (Exception failure)
        {
            var ended = resources.EndAsync();
            assembly?.Dispose();
            var refused = failure as PluginRefusedException ?? new PluginRefusedException(ReasonOf(failure), cause: failure);
            throw refused.Detached(traces is null ? null : new LeakTrace(traces, ended));
        }
    }

    private PluginGeneration Build(PluginCandidate candidate, PluginAssembly assembly, PluginResources resources)
    {
        var manifest = candidate.Manifest;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new PluginLoggers(logs, manifest.Id)).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        capabilities.AddTo(services, manifest.Id);
        resources.AddTo(services);
        var setup = new PluginSetup(services, resources);
        assembly.CreateEntry(manifest.Entries[0]).Configure(setup);
        setup.Close();
        assembly.CheckShared();
        if ((setup.Filters.Select(f => f.Problem).FirstOrDefault(p => p is not null) ?? RouteRules.ProblemOf(setup.Routes)) is { } problem)
            throw new PluginRefusedException(LocalizedText.Untranslated(problem));
        var container = services.BuildServiceProvider(Strict);
        try
        {
            var owner = new PluginOwner(manifest.Id, container, hookRuntime.Time);
            CatalogueEntry[] commands = [.. setup.Commands.Select(command => Checked(new(command, owner)))];
            var hookSet = HookSet.Create(owner, setup.Filters, setup.Handlers, setup.Routes, hookRuntime); // before any message
            var hosted = new HostedWork(owner, setup.CreateHostedServices(container), hookRuntime.Calls, hookRuntime.Log);
            var loaded = new LoadedPlugin(assembly, container, resources, commands, hookSet, hosted);
            return new(candidate, owner, loaded, hookRuntime.Calls, logs.CreateLogger<PluginGeneration>());
        }
        catch (Exception)
        {
            container.DisposeAsync().AsTask().Wait(DisposeLimit); // this thread is the start's own
            throw;
        }
    }

    private static CatalogueEntry Checked(CatalogueEntry command)
    {
        if (command.Problems.Count == 0) return command;
        var problems = string.Join(' ', command.Problems);
        throw new PluginRefusedException(LocalizedText.Of(t => t.Command(command.Descriptor.Name, problems)));
    }

    private static LocalizedText ReasonOf(Exception failure) => failure switch
    {
        FileNotFoundException { FileName: { } file } => LocalizedText.Of(t => t.MissingFile(file)),
        MissingMemberException or TypeLoadException => LocalizedText.Of(t => t.VersionMismatch(PluginFailure.MessageOf(failure))),
        AggregateException several => LocalizedText.Of(t => t.ContainerFailed(PluginFailure.MessageOf(several.InnerExceptions[0]))),
        _ => LocalizedText.Of(t => t.Threw(failure.GetType().Name, PluginFailure.MessageOf(failure))),
    };
}
