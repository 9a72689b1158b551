using Chat.Daemon.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>The capabilities that a plugin's container offers. Filled while the daemon is composed.</summary>
internal sealed class CapabilityTable
{
    private readonly List<ServiceDescriptor> shared = [];
    private readonly List<Func<string, ServiceDescriptor>> perPlugin = [];

    /// <summary>A capability for invocations, bound to the caller.</summary>
    /// <param name="make">
    /// Gets the invocation's context and what the host passed with the call. Called at most once per invocation, when the plugin asks for
    /// it. The result is disposed with the invocation.
    /// </param>
    public CapabilityTable Add<T>(Func<CommandContext, object?, T> make) where T : class
    {
        shared.Add(ServiceDescriptor.Scoped(scope =>
            make(scope.GetRequiredService<CommandContext>(), scope.GetRequiredService<InvocationScope>().Origin)));
        return this;
    }

    /// <summary>A capability for invocations and singletons, bound to no caller.</summary>
    public void AddEverywhere<T>(Func<T> get) where T : class => shared.Add(ServiceDescriptor.Singleton(_ => get()));

    /// <summary>A capability for invocations and singletons, bound to the plugin.</summary>
    /// <param name="make">Gets the plugin's id. The result is disposed with the plugin's container.</param>
    public void AddOwned<T>(Func<string, T> make) where T : class =>
        perPlugin.Add(plugin => ServiceDescriptor.Singleton(_ => make(plugin)));

    /// <summary>A capability that is bound to a plugin, for the daemon's own use.</summary>
    public T Make<T>(string plugin) where T : class =>
        (T)perPlugin.Select(make => make(plugin)).First(d => d.ServiceType == typeof(T)).ImplementationFactory!(null!);

    /// <summary>Adds them to a plugin's own container, whose scopes are invocations.</summary>
    public void AddTo(IServiceCollection services, string plugin)
    {
        InvocationScope.Register(services);
        foreach (var capability in shared.Concat(perPlugin.Select(make => make(plugin)))) services.Add(capability);
    }
}
