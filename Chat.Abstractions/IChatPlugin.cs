using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Chat;

/// <summary>What a plugin does beyond its attributed methods and hooks: registers services, declares commands from what it reads. At most one public class of an assembly, with a constructor without parameters.</summary>
public interface IChatPlugin
{
    /// <summary>Says what the plugin brings. Called once for each load, under a deadline; nothing of the daemon is reachable yet.</summary>
    void Configure(IPluginBuilder plugin);
}

/// <summary>Takes a plugin's commands and services; of no use after <see cref="IChatPlugin.Configure"/> has returned.</summary>
public interface IPluginBuilder
{
    /// <summary>For the plugin's own container, which ends with the plugin. Capabilities, <see cref="TimeProvider"/> and loggers are in it already.</summary>
    IServiceCollection Services { get; }

    /// <summary>What generated code calls, and what every other form ends as.</summary>
    void Command(CommandDescriptor command);

    /// <summary>The command is built when <see cref="IChatPlugin.Configure"/> has returned.</summary>
    CommandBuilder Command(string name, CommandInvoker invoke);

    /// <summary>Before every message; what <see cref="FilterAttribute"/> says of the class stands in <paramref name="policy"/>.</summary>
    void Filter<T>(FilterAttribute? policy = null) where T : class, IMessageFilter;

    /// <summary>After what has happened.</summary>
    void Handle<TEvent, T>() where TEvent : ChatEvent where T : class, IEventHandler<TEvent>;

    /// <summary>Makes <see cref="ISettings{T}"/> injectable everywhere. The plugin does not start while its file is wrong.</summary>
    /// <param name="json">From a source-generated <c>JsonSerializerContext</c>: by reflection the plugin could not be unloaded.</param>
    /// <param name="validate">What is wrong with values that could be read, in a sentence for the operator; null where all is well.</param>
    void Settings<T>(JsonTypeInfo<T> json, Func<T, string?>? validate = null) where T : class, new();

    /// <summary>Hands state to the version that takes over, and takes that of the one before.</summary>
    void Handover<T>() where T : class, IHandover;

    /// <summary>For a command that needs neither services nor arguments nor waiting.</summary>
    CommandBuilder Command(string name, Func<CommandContext, CommandResult> invoke) =>
        Command(name, (context, _, _) => ValueTask.FromResult(invoke(context)));
}
