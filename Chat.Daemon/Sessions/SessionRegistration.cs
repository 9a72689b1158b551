using Chat.Daemon.Sessions.Removal;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Sessions;

internal static class SessionRegistration
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<ConnectionServer>()
        .AddSingleton<ProxiedConnections>()
        .AddSingleton<IPeriodicTask, SilentConnections>()
        .AddSingleton<RequestHandlers>()
        .AddSingleton<Elsewhere>()
        .AddSingleton<SessionReports>()
        .AddSingleton<Authentication>()
        .AddSingleton<PageAuthentication>()
        .AddSingleton<RequestAuthentication>()
        .AddSingleton<SessionLifecycle>()
        .AddSingleton<SessionDirectory>()
        .AddSingleton<AccountSessions>()
        .AddSingleton<AccountRemoval>()
        .AddSingleton<ErasedMemory>()
        .AddSingleton<AccountErasure>()
        .AddHostedService(s => s.GetRequiredService<AccountErasure>())
        .AddSingleton<SessionRegistry>()
        .AddSingleton<AttachmentFactory>()
        .AddSingleton<UserSubscriptions>()
        .AddSingleton<WelcomeLists>()
        .AddSingleton<UserDirectory>()
        .AddSingleton<LastSeenWriter>()
        .AddPeriodicTask<LastSeenWriter>()
        .AddSingleton<UnstoredSessions>()
        .AddPeriodicTask<UnstoredSessions>()
        .AddSingleton<SessionBans>()
        .AddSingleton<AddressLimits>()
        .AddPeriodicTask<AddressLimits>()
        .AddSingleton<IPeriodicTask, HeldNames>()
        .AddSingleton<IPeriodicTask, SessionExpiry>();
}
