using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Generators.Tests;

/// <summary>Loads a compiled snippet and calls its entry, as the daemon does.</summary>
internal sealed class LoadedPlugin : IPluginBuilder, IDisposable
{
    private readonly AssemblyLoadContext context = new("snippet", isCollectible: true);
    private readonly List<CommandDescriptor> commands = [];

    private LoadedPlugin(Compilation compilation)
    {
        using var file = new MemoryStream();
        var emitted = compilation.Emit(file);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error)));
        file.Position = 0;
        Assembly = context.LoadFromStream(file);
    }

    public Assembly Assembly { get; }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public List<string> Hooks { get; } = [];

    public List<RouteDescriptor> Routes { get; } = [];

    /// <summary>Answers a request to the route of that method and path.</summary>
    public async Task<RouteResponse> AskAsync(string method, string path, params (string Name, string Value)[] values)
    {
        await using var container = Services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await using var scope = container.CreateAsyncScope();
        var request = new RouteRequest { Method = method, Path = path, Values = values.ToDictionary(v => v.Name, v => v.Value) };
        return await Routes.Single(r => r.Method == method && r.Path == path)
            .Invoke(request, scope.ServiceProvider, CancellationToken.None);
    }

    public static LoadedPlugin From(string source, string assembly = "Fixture")
    {
        var generation = Snippet.Generate(source, assembly);
        Assert.AreEqual("", string.Join('\n', generation.Warnings));
        var plugin = new LoadedPlugin(generation.Output);
        ((IChatPlugin)Activator.CreateInstance(plugin.Assembly.GetType("Chat.Generated.PluginEntry", throwOnError: true)!)!)
            .Configure(plugin);
        return plugin;
    }

    public CommandDescriptor this[string name] => commands.Single(c => c.Name == name);

    public IEnumerable<string> Names => commands.Select(c => c.Name);

    /// <summary>The only parameter of the only command.</summary>
    public ParameterDescriptor Parameter => commands.Single().Parameters.Single();

    /// <summary>Runs a command. Parameters without a value get their default.</summary>
    public async Task<CommandResult> RunAsync(string name, params object?[] values)
    {
        var command = this[name];
        await using var container = Services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await using var scope = container.CreateAsyncScope();
        var all = command.Parameters.Select((p, i) => i < values.Length ? values[i] : p.Default).ToArray();
        return await command.Invoke(
            Caller, scope.ServiceProvider, new(command.Parameters, all, [.. all.Select((_, i) => i < values.Length)]));
    }

    public static CommandContext Caller { get; } = new()
    {
        InvocationId = "1",
        Command = "x",
        Caller = new("1", "ana", Role.Admin),
        Room = new("r", "geral"),
    };

    public void Command(CommandDescriptor command) => commands.Add(command);

    public CommandBuilder Command(string name, CommandInvoker invoke) => new(name, invoke);

    public void Filter<T>(FilterAttribute? policy = null) where T : class, IMessageFilter =>
        Hooks.Add($"filter {typeof(T).Name} {policy?.Order} {policy?.DeadlineMilliseconds} {policy?.FailClosed}".TrimEnd());

    public void Handle<TEvent, T>() where TEvent : ChatEvent where T : class, IEventHandler<TEvent> =>
        Hooks.Add($"handler {typeof(T).Name} {typeof(TEvent).Name}");

    public void HostedService<T>() where T : class, Microsoft.Extensions.Hosting.IHostedService => Hooks.Add($"service {typeof(T).Name}");

    public void Job<T>() where T : class, IJob => Hooks.Add($"job {typeof(T).Name}");

    public void Handover<T>() where T : class, IHandover => Hooks.Add($"handover {typeof(T).Name}");

    public void Route(RouteDescriptor route) => Routes.Add(route);

    public void Settings<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, Func<T, string?>? validate = null) where T
        : class, new() => Hooks.Add($"settings {typeof(T).Name}");

    public void Dispose() => context.Unload();
}
