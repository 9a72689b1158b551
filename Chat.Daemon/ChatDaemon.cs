using Chat.Daemon.Accounts;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Cluster;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Control;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Lifetime;
using Chat.Daemon.Messages;
using Chat.Daemon.Plugins;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Reading;
using Chat.Daemon.Rooms;
using Chat.Daemon.Search;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Removal;
using Chat.Daemon.Storage;
using Chat.Daemon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon;

/// <summary>One running daemon. A process may run several.</summary>
internal sealed partial class ChatDaemon : IAsyncDisposable
{
    /// <summary>
    /// From the order to stop to the end of the last connection. Together with closing the database, a stop takes less than 10 s.
    /// </summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(7);

    private readonly WebApplication app;
    private readonly OpenStorage storage;
    private readonly ILogger logger;

    private ChatDaemon(WebApplication app, OpenStorage storage, IReadOnlyList<Endpoint> endpoints) =>
        (this.app, this.storage, Endpoints, logger) = (app, storage, endpoints, app.Services.GetRequiredService<ILogger<ChatDaemon>>());

    /// <summary>Where the daemon listens, with the real ports.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Cancelled when a signal or a command tells the daemon to stop.</summary>
    public CancellationToken Stopping => app.Lifetime.ApplicationStopping;

    /// <summary>Returns once the daemon accepts connections.</summary>
    /// <exception cref="StartupException">The daemon cannot start, and the operator can fix the cause.</exception>
    public static Task<ChatDaemon> StartAsync(
        OptionsSource options,
        ILoggerFactory log,
        TimeProvider time,
        TlsCertificate? certificate,
        OperatorTerminal terminal,
        CancellationToken cancellation) =>
        StartAsync(
            options, log, time, certificate, terminal, null,
            metrics => Task.FromResult(OpenStorage.Open(options.Current, node: null, metrics, log)), cancellation);

    /// <summary>As a node of a cluster.</summary>
    /// <param name="open">Opens the database once it is the node's turn to serve.</param>
    /// <inheritdoc cref="StartAsync(OptionsSource, ILoggerFactory, TimeProvider, TlsCertificate?, OperatorTerminal, CancellationToken)"/>
    public static async Task<ChatDaemon> StartAsync(
        OptionsSource options,
        ILoggerFactory log,
        TimeProvider time,
        TlsCertificate? certificate,
        OperatorTerminal terminal,
        ClusterNode? node,
        Func<DaemonMetrics, Task<OpenStorage>> open,
        CancellationToken cancellation)
    {
        var metrics = new DaemonMetrics();
        OpenStorage? storage = null;
        WebApplication? app = null;
        try
        {
            storage = await open(metrics);
            var endpoints = new KestrelEndpoints(options.Current.Listen, options.Current.Transport, certificate, node?.Sockets);
            app = Build(options, log, time, metrics, terminal, storage, endpoints, node);
            foreach (var step in app.Services.GetServices<IStartupStep>()) await step.RunAsync(cancellation);
            await app.StartAsync(cancellation);
            if (node is not null)
            {
                await node.TakeClientsAsync(
                    app.Services.GetRequiredService<NodeTransport>(), log.CreateLogger<LinkListener>(), app.Lifetime.ApplicationStopping);
            }
            var daemon = new ChatDaemon(app, storage, endpoints.Bound());
            var durability = options.Current.History.Durability.ToString().ToLowerInvariant(); // as the setting is written
            LogStarted(daemon.logger, string.Join(", ", daemon.Endpoints), storage.Folder.FolderPath, storage.Database.Place, durability);
            return daemon;
        }
        catch (Exception e)
        {
            if (app is not null) await app.DisposeAsync();
            if (storage is not null) await storage.DisposeAsync();
            metrics.Dispose();
            if (storage?.Database.Explain(e) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Returns once a signal or a command has stopped the daemon.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    /// <summary>Accepts no more connections, finishes what was begun, and says <c>bye</c> to everybody.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await storage.DisposeAsync();
        LogStopped(logger);
    }

    private static WebApplication Build(
        OptionsSource options,
        ILoggerFactory log,
        TimeProvider time,
        DaemonMetrics metrics,
        OperatorTerminal terminal,
        OpenStorage storage,
        KestrelEndpoints endpoints,
        ClusterNode? node)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services
            .AddSingleton(log).AddLogging().AddRouting()
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            .Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime)
            .AddSingleton(options)
            .AddSingleton(new SteadyTime(time))
            .AddSingleton<TimeProvider>(services => services.GetRequiredService<SteadyTime>())
            .AddSingleton(terminal)
            .AddSingleton(_ => metrics); // by a factory, so that the container disposes of it
        if (node is not null) builder.Services.AddCluster(node);
        AddStages(builder.Services, storage, options.Current);
        AddStartupSteps(builder.Services);
        endpoints.Configure(builder.WebHost);
        var app = builder.Build();
        app.UseWeb();
        return app;
    }

    /// <summary>The stages of a message's path, then the parts beside it.</summary>
    private static void AddStages(IServiceCollection services, OpenStorage storage, ChatOptions options) => services
        .AddSessions()
        .AddMessages()
        .AddCommands()
        .AddRooms()
        .AddReading()
        .AddStorage(storage, options.History)
        .AddSearch(storage.Database, options.History)
        .AddDelivery()
        .AddAccounts()
        .AddHooks()
        .AddCapabilities()
        .AddPlugins(options)
        .AddDiagnostics()
        .AddControl()
        .AddWeb()
        .AddLifetime();

    private static void AddStartupSteps(IServiceCollection services) => services
        .AddStartupStep<Bans>()
        .AddStartupStep<Mutes>()
        .AddStartupStep<Blocks>()
        .AddStartupStep<RuntimePermissions>()
        .AddStartupStep<FirstAdmin>()
        .AddStartupStep<AccountErasure>()
        .AddStartupStep<SessionDirectory>()
        .AddStartupStep<Notifier>()
        .AddStartupStep<UnusedRooms>()
        .AddStartupStep<EventSources>()
        .AddStartupStep<PluginStartup>();

    [LoggerMessage(EventId = 1, EventName = "DaemonStarted", Level = LogLevel.Information,
        Message = "Started: listening on {Endpoints}, data in {Folder}, database {Database}, durability {Durability}")]
    private static partial void LogStarted(ILogger logger, string endpoints, string folder, string database, string durability);

    [LoggerMessage(EventId = 2, EventName = "DaemonStopped", Level = LogLevel.Information,
        Message = "Stopped: every accepted message is stored")]
    private static partial void LogStopped(ILogger logger);
}
