using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Memory;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, OpenStorage storage, HistoryOptions options) => services
        .AddMessageLog(options)
        .AddSingleton(options.Durability == Durability.None ? LogNames.New() : storage.Database.LogNames)
        .AddSingleton(storage.Folder)
        .AddDatabase(storage.Database)
        .AddSingleton(new HealthCheck("storage", () => storage.Database.Writer.IsHealthy))
        .AddSingleton(new HealthCheck("damaged", () => !storage.Database.Damage.IsDamaged) { IsWarning = true })
        .AddSingleton<ConversationStore>()
        .AddSingleton<SessionStore>()
        .AddSingleton<PageLoginStore>()
        .AddSingleton<RoomStore>()
        .AddSingleton<MessageRetention>()
        .AddPeriodicTask<MessageRetention>()
        .AddHostedService(s => s.GetRequiredService<MessageRetention>())
        .AddSingleton<PrunedRows>()
        .AddPeriodicTask<PrunedRows>()
        .AddHostedService(s => s.GetRequiredService<PrunedRows>())
        .AddSingleton<RoomRemoval>()
        .AddHostedService(s => s.GetRequiredService<RoomRemoval>())
        .AddSingleton<AuditStore>()
        .AddSingleton<PluginValueStore>();

    private static IServiceCollection AddDatabase(this IServiceCollection services, Database database)
    {
        services.AddSingleton(database).AddSingleton(database.Writer).AddSingleton(database.Readers);
        if (database is not ChatDatabase file) return services;
        return services
            .AddSingleton(file)
            .AddSingleton(file.Writer)
            .AddSingleton(file.Readers)
            .AddSingleton(new HealthCheck("write_ahead_log", () => file.Writer.IsLogShort) { IsWarning = true });
    }

    private static IServiceCollection AddMessageLog(this IServiceCollection services, HistoryOptions options) =>
        options.Durability == Durability.None
            ? services
                .AddSingleton(s => new MemoryMessageLog(
                    options.MemoryMessages, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<DatabaseReaders>()))
                .AddSingleton<IMessageLog>(s => s.GetRequiredService<MemoryMessageLog>())
            : services.AddSingleton<IMessageLog, DatabaseMessageLog>();
}
