using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Rooms;

internal static class RoomRegistration
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddSingleton<RoomRequests>()
        .AddSingleton<MemberRequests>()
        .AddSingleton<RoomEntry>()
        .AddSingleton<PageTurns>()
        .AddSingleton<RoomAccess>()
        .AddSingleton<RoomDirectory>()
        .AddSingleton<RoomCreation>()
        .AddSingleton<RoomLimits>()
        .AddPeriodicTask<RoomLimits>()
        .AddSingleton<RoomDeletion>()
        .AddSingleton<EmptiedRooms>()
        .AddSingleton<UnusedRooms>()
        .AddPeriodicTask<UnusedRooms>()
        .AddHostedService(s => s.GetRequiredService<UnusedRooms>())
        .AddSingleton<RoomSettings>()
        .AddSingleton<RoomRetention>()
        .AddSingleton<RoomModeration>()
        .AddSingleton<Notifier>()
        .AddSingleton<ConversationRegistry>()
        .AddHostedService<LogReopening>()
        .AddPeriodicTask<ConversationRegistry>()
        .AddSingleton<ConversationFactory>()
        .AddSingleton<ConversationLogs>()
        .AddSingleton<SequencerReports>()
        .AddSingleton<SequencerFactory>();
}
