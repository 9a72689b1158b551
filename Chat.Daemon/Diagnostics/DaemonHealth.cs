using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Diagnostics;

/// <summary>Whether the daemon can work, as reported by <c>/health</c>. Safe from any thread.</summary>
internal sealed class DaemonHealth(IHostApplicationLifetime lifetime, IEnumerable<HealthCheck> checks)
{
    public const string Ok = "ok";

    private readonly HealthCheck[] checks = [.. checks];

    /// <summary>
    /// <c>stopping</c>, <c>recovering</c> until the daemon accepts connections, the problem of the first check that fails (warnings aside),
    /// or <c>ok</c>.
    /// </summary>
    public string Status =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "recovering"
        : checks.FirstOrDefault(check => !check.IsWarning && !check.IsHealthy())?.Problem ?? Ok;

    /// <summary>Problems with which the daemon still does all its work.</summary>
    public IEnumerable<string> Warnings => checks.Where(check => check.IsWarning && !check.IsHealthy()).Select(check => check.Problem);
}
