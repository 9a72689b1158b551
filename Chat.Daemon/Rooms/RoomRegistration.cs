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
        .AddSingleton<RoomSettings>()
        .AddSingleton<RoomModeration>()
        .AddSingleton<Notifier>()
        .AddSingleton<ConversationRegistry>()
        .AddPeriodicTask<ConversationRegistry>()
        .AddSingleton<ConversationFactory>()
        .AddSingleton<SequencerReports>();
}
