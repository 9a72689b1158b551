using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Diagnostics;

internal static class DiagnosticsRegistration
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services) => services
        .AddSingleton<DaemonHealth>()
        .AddSingleton<LoadSamples>()
        .AddPeriodicTask<LoadSamples>()
        .AddSingleton(s => new LogTally(maxKinds: 1_000, s.GetRequiredService<TimeProvider>())) // its memory stays below half a megabyte
        .AddPeriodicTask<LogTally>()
        .AddSingleton<LogLosses>()
        .AddPeriodicTask<LogLosses>()
        .AddSingleton<SecurityLog>()
        .AddPeriodicTask<SecurityLog>()
        .AddSingleton(s => new PrometheusText(s.GetRequiredService<DaemonMetrics>().Meter));
}
