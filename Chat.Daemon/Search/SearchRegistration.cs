using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Search;

internal static class SearchRegistration
{
    public static IServiceCollection AddSearch(this IServiceCollection services, Database database, HistoryOptions options)
    {
        services.AddSingleton<SearchCursor>();
        if (options.Durability == Durability.None)
        {
            return services
                .AddSingleton<MemorySearch>()
                .AddSingleton<IMessageSearch>(s => s.GetRequiredService<MemorySearch>())
                .AddStartupStep<MemorySearch>();
        }
        if (database is not ChatDatabase) return services.AddSingleton<IMessageSearch, PostgresSearch>();
        return services
            .AddSingleton<SearchIndex>()
            .AddHostedService(s => s.GetRequiredService<SearchIndex>())
            .AddSingleton(s => new HealthCheck("search", () => s.GetRequiredService<SearchIndex>().IsHealthy) { IsWarning = true })
            .AddSingleton<IMessageSearch, IndexSearch>();
    }
}
