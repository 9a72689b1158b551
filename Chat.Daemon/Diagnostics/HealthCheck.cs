namespace Chat.Daemon.Diagnostics;

/// <summary>One condition for the daemon to be healthy. A part registers its check as a service.</summary>
/// <param name="Problem">What <c>/health</c> reports while the check fails; operators rely on the word.</param>
/// <param name="IsHealthy">Called from any thread, at each request of <c>/health</c>; must not block.</param>
internal sealed record HealthCheck(string Problem, Func<bool> IsHealthy)
{
    /// <summary>Whether the daemon still does all its work: somebody has to act, but no load balancer should take its users away.</summary>
    public bool IsWarning { get; init; }
}
