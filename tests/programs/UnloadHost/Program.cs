using System.Runtime.CompilerServices;
using Chat;
using Chat.Daemon;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Chat.Plugins.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnloadHost;

// UnloadHost DLL COMMAND: loads the plugin and the files beside it as the daemon does, runs the command, and removes the plugin.
// Exit status: 0 collected, 1 leaked, 2 anything else.
var root = Directory.CreateTempSubdirectory("chat-unload-");
using var host = new Host();
host.Expose();
var (log, registry) = (new KeepingLog(host.Log), new CommandRegistry());
try
{
    var dropped = root.CreateSubdirectory("dropped");
    var folder = dropped.CreateSubdirectory(Path.GetFileNameWithoutExtension(args[0]));
    foreach (var file in Directory.GetFiles(Path.GetDirectoryName(args[0])!))
        File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
    var folders = new PluginFolders(Path.Combine(root.FullName, "none"), [dropped.FullName], Path.Combine(root.FullName, "staged"));
    var timings = new PluginTimings { Proofs = [TimeSpan.Zero, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)] };
    await using var services = new ServiceCollection()
        .AddSingleton<ILoggerFactory>(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(TimeProvider.System).AddSingleton(new SteadyTime(TimeProvider.System))
        .AddSingleton(registry)
        .AddSingleton(Capabilities()).AddSingleton(new HookMetrics()).AddSingleton(AllowList.Open)
        .AddSingleton<PermissionPolicy>(catalogue => catalogue.ToPermissionTable())
        .AddPlugins(folders, timings)
        .BuildServiceProvider();
    var plugins = services.GetRequiredService<PluginSupervisor>();
    await plugins.StartAsync(CancellationToken.None);
    await RunAsync(args[1]);
    await plugins.ApplyAsync(PluginAction.Disable, "hazards", "en", CancellationToken.None);
    var state = await log.EndAsync;
    Console.WriteLine(state);
    return state == "collected" ? 0 : 1;
}
catch (Exception failure)
{
    Console.WriteLine(failure);
    return 2;
}
finally
{
    foreach (var file in root.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
    root.Delete(recursive: true);
}

// Like a real invocation: under a lease, in a scope of its own, on the pool, without the caller's context.
[MethodImpl(MethodImplOptions.NoInlining)]
Task RunAsync(string command)
{
    using var clean = ExecutionContext.SuppressFlow();
    return Task.Run(() => InvokeAsync(command));
}

async Task InvokeAsync(string command)
{
    if (command == "answered-route")
    {
        Answers.Kept = await AnswerAsync(registry.Current.Hooks.RoutesOf("hazards")[0]);
        return;
    }
    var entry = registry.Current.Catalogue.Find(command) ?? throw new ArgumentException($"There is no {command}.");
    var context = new CommandContext { InvocationId = "1", Command = command, Caller = new("1", "ana", Role.Guest) };
    using var lease = entry.Owner.TryLease()!;
    await using var scope = InvocationScope.Create(lease.Container, context, null);
    await entry.Descriptor.Invoke(context, scope.ServiceProvider, new([], [], []));
}

static async Task<RouteResponse> AnswerAsync(PluginRoute route)
{
    var request = new RouteRequest { Method = "GET", Path = "answer" };
    return (await route.AnswerAsync(request, route.Owner.TryLease()!, CancellationToken.None)).Response!;
}

static CapabilityTable Capabilities()
{
    var capabilities = new CapabilityTable();
    var clients = new HttpClientsCapability();
    capabilities.AddEverywhere<IHttpClients>(() => clients);
    capabilities.AddOwned<IStorage>(_ => new MemoryStorage());
    return capabilities;
}
