using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat;

/// <summary>Collects what a plugin registers. Don't use it after <see cref="IChatPlugin.Configure"/> returns.</summary>
public interface IPluginBuilder
{
    /// <summary>The plugin's own container. Capabilities, <see cref="TimeProvider"/> and loggers are already in it.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds a command. Generated code and the other overloads call this.</summary>
    void Command(CommandDescriptor command);

    /// <summary>Adds a command, which is built after <see cref="IChatPlugin.Configure"/> returns.</summary>
    CommandBuilder Command(string name, CommandInvoker invoke);

    /// <summary>Adds a filter for messages.</summary>
    /// <param name="policy">The <see cref="FilterAttribute"/> of the class; null if it has none.</param>
    void Filter<T>(FilterAttribute? policy = null) where T : class, IMessageFilter;

    /// <summary>Adds a handler of an event.</summary>
    void Handle<TEvent, T>() where TEvent : ChatEvent where T : class, IEventHandler<TEvent>;

    /// <summary>Adds a route, which answers HTTP requests. Generated code calls this for each <see cref="RouteAttribute"/>.</summary>
    void Route(RouteDescriptor route);

    /// <summary>Makes <see cref="ISettings{T}"/> injectable. The plugin does not start while its settings file is invalid.</summary>
    /// <param name="json">From a source-generated <c>JsonSerializerContext</c>: reflection would keep the plugin in memory.</param>
    /// <param name="validate">Returns a sentence for the operator that says what is wrong; null if the settings are valid.</param>
    void Settings<T>(JsonTypeInfo<T> json, Func<T, string?>? validate = null) where T : class, new();

    /// <summary>Hands state over from one version to the next.</summary>
    void Handover<T>() where T : class, IHandover;

    /// <summary>Adds a class that runs jobs (<see cref="IScheduler.ScheduleAsync{T}"/>).</summary>
    void Job<T>() where T : class, IJob;

    /// <summary>
    /// Adds a service that starts before the plugin becomes active and stops as soon as it is replaced or removed. Other classes can
    /// inject it.
    /// </summary>
    void HostedService<T>() where T : class, IHostedService;

    /// <summary>Adds a command without services or arguments that returns at once.</summary>
    CommandBuilder Command(string name, Func<CommandContext, CommandResult> invoke) =>
        Command(name, (context, _, _) => ValueTask.FromResult(invoke(context)));
}
