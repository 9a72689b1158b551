using System.Runtime.CompilerServices;
using Chat;
using Chat.Daemon.Accounts;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Commands;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;
using UnloadHost;

// UnloadHost DLL COMMAND: loads the plugin, with what lies beside it, as the daemon does, runs the command, takes the plugin out.
// Exit status: 0 it is collected, 1 it is leaked, 2 anything else.
var root = Directory.CreateTempSubdirectory("chat-unload-");
using var host = new Host();
host.Expose();
var (log, registry) = (new KeepingLog(host.Log), new CommandRegistry());
try
{
    var dropped = root.CreateSubdirectory("dropped");
    var folder = dropped.CreateSubdirectory(Path.GetFileNameWithoutExtension(args[0]));
    foreach (var file in Directory.GetFiles(Path.GetDirectoryName(args[0])!)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
    var times = new PluginTimes { Proofs = [TimeSpan.Zero, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)] };
    var places = new PluginPlaces(Path.Combine(root.FullName, "none"), [dropped.FullName], Path.Combine(root.FullName, "staged"));
    var starter = new PluginStarter(new CapabilityTable(), places, log, TimeProvider.System);
    var publisher = new CataloguePublisher(registry, catalogue => catalogue.ToPermissionTable());
    await using var plugins = new PluginSupervisor(
        places, times, starter, publisher, AllowList.Open, TimeProvider.System, log);
    await plugins.StartAsync(CancellationToken.None);
    await RunAsync(args[1]);
    await plugins.OrderAsync(PluginOrder.Disable, "hazards", "en", CancellationToken.None);
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

// As an invocation does: leased, in a scope of its own, on the pool, without the caller's context.
[MethodImpl(MethodImplOptions.NoInlining)]
Task RunAsync(string command)
{
    using var clean = ExecutionContext.SuppressFlow();
    return Task.Run(() => InvokeAsync(command));
}

async Task InvokeAsync(string command)
{
    var entry = registry.Current.Catalogue.Find(command) ?? throw new ArgumentException($"There is no {command}.");
    var context = new CommandContext { InvocationId = "1", Command = command, Caller = new("1", "ana", Role.Guest) };
    using var lease = entry.Owner.TryLease()!;
    await using var scope = InvocationScope.Create(lease.Container, context, null);
    await entry.Descriptor.Invoke(context, scope.ServiceProvider, new([], [], []));
}
