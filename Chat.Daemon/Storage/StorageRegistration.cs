using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, OpenStorage storage, HistoryOptions options)
    {
        if (options.Durability == Durability.None)
            services.AddMessageLog(s => new MemoryMessageLog(options.MemoryMessages, s.GetRequiredService<TimeProvider>()));
        else services.AddMessageLog(s => ActivatorUtilities.CreateInstance<SqliteMessageLog>(s));
        return services
            .AddSingleton(storage.Folder)
            .AddSingleton(storage.Database)
            .AddSingleton(storage.Database.Writer)
            .AddSingleton(storage.Database.Readers)
            .AddSingleton(new HealthCheck("storage", () => storage.Database.Writer.IsHealthy))
            .AddSingleton<ConversationStore>()
            .AddSingleton<SessionStore>()
            .AddSingleton<RoomStore>()
            .AddSingleton<AuditStore>()
            .AddSingleton<PluginValueStore>();
    }

    /// <summary>One log for both interfaces that the stages know it by.</summary>
    private static void AddMessageLog<T>(
        this IServiceCollection services, Func<IServiceProvider, T> create) where T : class, IMessageLog, INewestFirst => services
        .AddSingleton(create)
        .AddSingleton<IMessageLog>(s => s.GetRequiredService<T>())
        .AddSingleton<INewestFirst>(s => s.GetRequiredService<T>());
}
