using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Lifetime;
using Chat.Daemon.Messages;
using Chat.Daemon.Plugins;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Daemon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon;

/// <summary>One running daemon: composes its parts, in the order in which they need each other. A process may hold several.</summary>
internal sealed partial class ChatDaemon : IAsyncDisposable
{
    /// <summary>From the order to stop to the end of the last connection. With the database's last words a stop takes less than 10 s.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(7);

    private readonly WebApplication app;
    private readonly ChatDatabase database;
    private readonly StateFolder folder;
    private readonly PrometheusText prometheus;
    private readonly ILogger logger;

    private ChatDaemon(WebApplication app, ChatDatabase database, StateFolder folder, PrometheusText prometheus, IReadOnlyList<Endpoint> endpoints, ILogger logger) =>
        (this.app, this.database, this.folder, this.prometheus, Endpoints, this.logger) = (app, database, folder, prometheus, endpoints, logger);

    /// <summary>Where it listens, with the real ports.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Returns when it accepts connections.</summary>
    /// <exception cref="StartupException">It cannot start, and the operator can mend it.</exception>
    public static async Task<ChatDaemon> StartAsync(
        OptionsSource options, ILoggerFactory log, TimeProvider time, TlsCertificate? certificate, OperatorTerminal terminal, CancellationToken cancellation)
    {
        StateFolder? folder = null;
        ChatDatabase? database = null;
        var metrics = new DaemonMetrics();
        try
        {
            folder = StateFolder.Open(options.Current.DataFolder);
            database = ChatDatabase.Open(folder, options.Current.History.Durability, metrics, log.CreateLogger<SqliteWriter>());
            var endpoints = new KestrelEndpoints(options.Current.Listen, certificate);
            var app = Build(options, log, time, folder, database, metrics, endpoints, terminal);
            var prometheus = new PrometheusText(metrics.Meter);
            app.MapStatusPages(app.Services.GetRequiredService<DaemonHealth>(), prometheus);
            await StartAsync(app, cancellation);
            var logger = log.CreateLogger<ChatDaemon>();
            var daemon = new ChatDaemon(app, database, folder, prometheus, endpoints.Bound(), logger);
            LogStarted(logger, string.Join(", ", daemon.Endpoints), folder.FolderPath, options.Current.History.Durability);
            return daemon;
        }
        catch (Exception e)
        {
            if (database is not null) await database.DisposeAsync();
            metrics.Dispose();
            folder?.Dispose();
            throw e switch
            {
                StateFolderInUseException => new StartupException(ExitStatus.InUse, e.Message),
                DatabaseUnusableException => new StartupException(ExitStatus.DatabaseUnusable, e.Message),
                _ => e,
            };
        }
    }

    /// <summary>Returns when the daemon was told to stop, by a signal or a command, and has stopped.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    /// <summary>Stops accepting, lets what was begun finish, says <c>bye</c> to everybody.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        prometheus.Dispose();
        await database.DisposeAsync();
        folder.Dispose();
        LogStopped(logger);
    }

    private static WebApplication Build(
        OptionsSource options, ILoggerFactory log, TimeProvider time, StateFolder folder, ChatDatabase database, DaemonMetrics metrics, KestrelEndpoints endpoints, OperatorTerminal terminal)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(log).AddLogging().AddRouting();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton(folder).AddSingleton(terminal).AddSingleton(database).AddSingleton(database.Writer).AddSingleton(database.Readers);
        builder.Services.AddSingleton(_ => metrics).AddSingleton<DaemonHealth>().AddSingleton(new HealthCheck("storage", () => database.Writer.IsHealthy));
        Compose(builder.Services, options.Current, time);
        endpoints.Configure(builder.WebHost);
        var app = builder.Build();
        app.Services.GetRequiredService<CommandRegistry>().Swapped += app.Services.GetRequiredService<Notifier>().TellCommandsChanged;
        return app;
    }

    private static void Compose(IServiceCollection services, ChatOptions options, TimeProvider time)
    {
        if (options.History.Durability == Durability.None) services.AddMessageLog(_ => new MemoryMessageLog(options.History.MemoryMessages, time));
        else services.AddMessageLog(s => ActivatorUtilities.CreateInstance<SqliteMessageLog>(s));
        services.AddSingleton<ConversationStore>().AddSingleton<SessionStore>().AddSingleton<RoomStore>().AddSingleton<PluginValueStore>();
        services.AddSingleton<DrainList>().AddSingleton<PresenceClock>().AddSingleton<OnlineUsers>();
        services.AddSingleton<ConversationRegistry>().AddSingleton<SessionRegistry>().AddSingleton<AddressLimits>().AddSingleton<UserDirectory>();
        services.AddSingleton<AccountStore>().AddSingleton<PasswordHasher>().AddSingleton<GuessLimits>().AddSingleton<Credentials>().AddSingleton<BansAndMutes>().AddSingleton<RuntimePermissions>().AddSingleton<FirstAdmin>().AddSingleton<FirstAdminPassword>();
        services.AddSingleton<LastSeenWriter>().AddSingleton<SessionLifecycle>().AddSingleton<Authentication>().AddSingleton<UserSubscriptions>().AddSingleton<RoomRequests>().AddSingleton<MessageRequests>().AddSingleton<RequestHandlers>();
        services.AddSingleton<RoomAccess>().AddSingleton<Notifier>().AddSingleton<NoticesCapability>().AddSingleton<AuditCapability>().AddSingleton<SendRateGate>().AddSingleton<MessageSubmission>().AddSingleton<EventBus>().AddSingleton<CommandRequests>().AddSingleton<ShutdownCountdown>();
        services.AddCommands().AddPlugins(options);
        services.AddSingleton<ConnectionServer>().AddHostedService<Housekeeping>();
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.Services.GetRequiredService<BansAndMutes>().LoadAsync(cancellation);
            var decided = app.Services.GetRequiredService<RuntimePermissions>();
            await decided.LoadAsync(cancellation);
            await app.Services.GetRequiredService<FirstAdmin>().EnsureAsync(cancellation);
            await app.Services.GetRequiredService<SessionLifecycle>().StartAsync();
            app.Services.GetRequiredService<EventBus>().Listen(app.Services.GetRequiredService<ConversationRegistry>().Feed);
            var plugins = app.Services.GetRequiredService<PluginSupervisor>();
            app.Services.GetRequiredService<DaemonMetrics>().AddGauge(
                "chat.plugin.generations", "state", "Plugin generations by state; collected ones count since the start.", () => plugins.Generations);
            await plugins.StartAsync(cancellation);
            app.Services.GetRequiredService<OptionsSource>().Changed += _ => plugins.Refresh();
            decided.Changed += plugins.Refresh;
            await app.StartAsync(cancellation);
        }
        catch (Exception)
        {
            await app.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Stopped: all that was accepted is stored")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Started: listening on {Endpoints}, data in {Folder}, durability {Durability}")]
    private static partial void LogStarted(ILogger logger, string endpoints, string folder, Durability durability);
}

/// <summary>An address that the daemon listens on, and what is spoken there: <c>tcp</c>, <c>tls</c>, <c>http</c> or <c>https</c>.</summary>
internal sealed record Endpoint(string Scheme, IPEndPoint Address)
{
    public override string ToString() => $"{Scheme}://{Address}";
}

internal static class StageRegistration
{
    /// <summary>The command pipeline, and what it needs of the other stages.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<CommandRegistry>().AddSingleton<CommandPipeline>().AddSingleton<ArgumentReader>().AddSingleton<CommandExecutor>().AddSingleton<CommandRecorder>()
        .AddSingleton<CommandCompletion>().AddSingleton<Suggestions>().AddSingleton<CommandLimits>().AddSingleton<CommandExplainer>().AddSingleton<CommandHelp>().AddSingleton<AuditStore>().AddSingleton<GuardedCalls>().AddSingleton<IEntityDirectory, EntityDirectory>()
        .AddSingleton(HostCapabilities.Of);

    /// <summary>The one log of messages, as both that the stages know it by.</summary>
    public static void AddMessageLog<T>(this IServiceCollection services, Func<IServiceProvider, T> make) where T : class, IMessageLog, INewestFirst =>
        services.AddSingleton(make).AddSingleton<IMessageLog>(s => s.GetRequiredService<T>()).AddSingleton<INewestFirst>(s => s.GetRequiredService<T>());
}
