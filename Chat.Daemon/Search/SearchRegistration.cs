using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Search;

internal static class SearchRegistration
{
    public static IServiceCollection AddSearch(this IServiceCollection services, OpenStorage storage, HistoryOptions options)
    {
        services.AddSingleton<SearchCursor>();
        if (options.Durability == Durability.None)
        {
            IndexFile.Delete(storage.Folder.FolderPath); // nothing keeps it true meanwhile
            return services.AddSingleton<IMessageSearch, MemorySearch>();
        }
        return services
            .AddSingleton<SearchIndex>()
            .AddHostedService(s => s.GetRequiredService<SearchIndex>())
            .AddSingleton(s => new HealthCheck("search", () => s.GetRequiredService<SearchIndex>().IsHealthy) { IsWarning = true })
            .AddSingleton<IMessageSearch, IndexSearch>();
    }
}
