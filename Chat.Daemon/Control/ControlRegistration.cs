using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Control;

internal static class ControlRegistration
{
    /// <summary>Windows has no credentials of a peer to check.</summary>
    public static IServiceCollection AddControl(this IServiceCollection services) =>
        OperatingSystem.IsWindows() ? services : services
            .AddSingleton<Backups>()
            .AddSingleton<PasswordOrders>()
            .AddSingleton<AccountOrders>()
            .AddSingleton<ControlOrders>()
            .AddHostedService<ControlSocket>();
}
