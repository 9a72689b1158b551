using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Hooks;

internal static class HookRegistration
{
    public static IServiceCollection AddHooks(this IServiceCollection services) => services
        .AddSingleton<GuardedCalls>()
        .AddSingleton<EventBus>();
}
