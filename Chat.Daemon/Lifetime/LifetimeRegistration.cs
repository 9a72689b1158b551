using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Lifetime;

internal static class LifetimeRegistration
{
    public static IServiceCollection AddLifetime(this IServiceCollection services) => services
        .AddSingleton<ShutdownCountdown>()
        .AddSingleton<IPeriodicTask, AuditRetention>()
        .AddHostedService<Housekeeping>();
}
