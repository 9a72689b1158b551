using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Sessions;

internal static class SessionRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<ConnectionServer>()
        .AddSingleton<RequestHandlers>()
        .AddSingleton<Authentication>()
        .AddSingleton<SessionLifecycle>()
        .AddSingleton<SessionDirectory>()
        .AddSingleton<SessionRegistry>()
        .AddSingleton<AttachmentFactory>()
        .AddSingleton<UserSubscriptions>()
        .AddSingleton<UserDirectory>()
        .AddSingleton<LastSeenWriter>()
        .AddPeriodicTask<LastSeenWriter>()
        .AddSingleton<SessionBans>()
        .AddSingleton<AddressLimits>()
        .AddPeriodicTask<AddressLimits>()
        .AddSingleton<IPeriodicTask, HeldNames>()
        .AddSingleton<IPeriodicTask, SessionExpiry>();
}
