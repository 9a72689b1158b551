using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Diagnostics;

internal static class DiagnosticsRegistration
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services) => services
        .AddSingleton<DaemonHealth>()
        .AddSingleton(s => new PrometheusText(s.GetRequiredService<DaemonMetrics>().Meter));
}
