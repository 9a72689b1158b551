using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Collects what a plugin registers while its <see cref="IChatPlugin.Configure"/> runs.</summary>
internal sealed class PluginSetup(ServiceCollection services, PluginResources resources) : IPluginBuilder
{
    private readonly List<Func<CommandDescriptor>> commands = [];
    private readonly List<FilterDescriptor> filters = [];
    private readonly List<HandlerDescriptor> handlers = [];
    private readonly List<RouteDescriptor> routes = [];
    private readonly Dictionary<Type, Func<IServiceProvider, IHostedService>> hostedServices = [];
    private readonly FilterSwitch filterSwitch = new();
    private readonly HandlerSwitch handlerSwitch = new();
    private bool isClosed;

    public IServiceCollection Services => services;

    /// <summary>Empty until the setup is closed.</summary>
    public IReadOnlyList<CommandDescriptor> Commands { get; private set; } = [];

    public IReadOnlyList<FilterDescriptor> Filters => filters;

    public IReadOnlyList<HandlerDescriptor> Handlers => handlers;

    public IReadOnlyList<RouteDescriptor> Routes => routes;

    public void Command(CommandDescriptor command) => Add(() => command);

    public CommandBuilder Command(string name, CommandInvoker invoke)
    {
        var builder = new CommandBuilder(name, invoke);
        Add(builder.Build);
        return builder;
    }

    public void Filter<T>(FilterAttribute? policy = null) where T : class, IMessageFilter
    {
        CheckOpen();
        var state = new FilterState();
        if (!filterSwitch.TryAdd(typeof(T), state)) return; // generated code and the author may both register it
        services.TryAddSingleton<T>();
        var (name, declared) = (Printable.Escape(typeof(T).Name), policy ?? typeof(T).GetCustomAttribute<FilterAttribute>() ?? new());
        filters.Add(new(name, declared, state, container => container.GetRequiredService<T>()));
    }

    public void Handle<TEvent, T>() where TEvent : ChatEvent where T : class, IEventHandler<TEvent>
    {
        CheckOpen();
        if (handlers.Exists(h => h.Handler == typeof(T) && h.Event == typeof(TEvent))) return;
        services.TryAddSingleton<T>();
        handlers.Add(new(typeof(T), handlerSwitch.Add(typeof(T)), typeof(TEvent), container =>
        {
            var handler = container.GetRequiredService<T>();
            return (happened, cancellation) => handler.HandleAsync((TEvent)happened, cancellation);
        }));
    }

    public void Route(RouteDescriptor route)
    {
        CheckOpen();
        routes.Add(route);
    }

    public void Settings<T>(JsonTypeInfo<T> json, Func<T, string?>? validate = null) where T : class, new()
    {
        CheckOpen();
        resources.AddSettings(services, json, validate);
    }

    public void Handover<T>() where T : class, IHandover
    {
        CheckOpen();
        resources.AddHandover<T>(services);
    }

    public void Job<T>() where T : class, IJob
    {
        CheckOpen();
        resources.AddJob<T>(services);
    }

    public void HostedService<T>() where T : class, IHostedService
    {
        CheckOpen();
        services.TryAddSingleton<T>();
        hostedServices.TryAdd(typeof(T), container => container.GetRequiredService<T>());
    }

    /// <summary>
    /// Creates all hosted services, also those of a library: it registers its own with <c>AddHostedService</c>. A factory may have
    /// registered an object again.
    /// </summary>
    public IReadOnlyList<IHostedService> CreateHostedServices(IServiceProvider container) =>
    [
        .. container.GetServices<IHostedService>().Concat(hostedServices.Values.Select(get => get(container)))
            .Distinct(ReferenceEqualityComparer.Instance).Cast<IHostedService>(),
    ];

    /// <summary>Accepts no more registrations, and builds the commands.</summary>
    public void Close()
    {
        isClosed = true;
        services.AddSingleton<IFilterSwitch>(filterSwitch).AddSingleton<IHandlerSwitch>(handlerSwitch);
        // Generated code adds each hosted service of the plugin; the author may have added it too.
        foreach (var twice in services.Where(IsKnownHostedService).ToList()) services.Remove(twice);
        services.MakeReadOnly();
        Commands = [.. commands.Select(build => build())];
    }

    private bool IsKnownHostedService(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && !service.IsKeyedService
        && (service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1]) is { } type
        && hostedServices.ContainsKey(type);

    private void Add(Func<CommandDescriptor> build)
    {
        CheckOpen();
        commands.Add(build);
    }

    private void CheckOpen()
    {
        if (isClosed) throw new InvalidOperationException("Configure has returned: register everything while it runs.");
    }
}
