using Chat.Daemon.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Capabilities;

/// <summary>What the daemon hands to plugins by injection: each made for one invocation, bound to its caller. Filled while the daemon is composed.</summary>
internal sealed class CapabilityTable
{
    private readonly List<ServiceDescriptor> made = [];
    private readonly List<Func<string, ServiceDescriptor>> owned = [];

    /// <param name="make">Gets the context, and what the host passed with the call. Called at most once an invocation, when the plugin asks for it; what is disposable is disposed with the invocation.</param>
    public CapabilityTable Add<T>(Func<CommandContext, object?, T> make) where T : class
    {
        made.Add(ServiceDescriptor.Scoped(scope => make(scope.GetRequiredService<CommandContext>(), scope.GetRequiredService<InvocationScope>().Origin)));
        return this;
    }

    /// <summary>Also to what lives as long as the plugin: bound to no caller, and the same object for everybody.</summary>
    public void AddEverywhere<T>(Func<T> get) where T : class => made.Add(ServiceDescriptor.Singleton(_ => get()));

    /// <summary>Bound to the plugin, everywhere in it.</summary>
    /// <param name="make">Gets the plugin's id; what is disposable is disposed when the plugin's container is.</param>
    public void AddOwned<T>(Func<string, T> make) where T : class => owned.Add(plugin => ServiceDescriptor.Singleton(_ => make(plugin)));

    /// <summary>Into a plugin's own container, whose scopes are invocations.</summary>
    public void AddTo(IServiceCollection services, string plugin)
    {
        InvocationScope.Register(services);
        foreach (var capability in made.Concat(owned.Select(make => make(plugin)))) services.Add(capability);
    }
}
