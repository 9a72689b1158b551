using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Reading;

internal static class ReadingRegistration
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<RoomListStore>()
        .AddSingleton<RoomLists>()
        .AddSingleton<ReadMarks>()
        .AddPeriodicTask<ReadMarks>()
        .AddSingleton<IStartupStep, ReadingStartup>()
        .AddSingleton<LostAccess>()
        .AddStartupStep<LostAccess>()
        .AddHostedService(s => s.GetRequiredService<LostAccess>())
        .AddSingleton<ReadRequests>();
}
