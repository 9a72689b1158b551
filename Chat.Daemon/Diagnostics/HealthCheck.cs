namespace Chat.Daemon.Diagnostics;

/// <summary>One condition for the daemon to be healthy. A part registers its check as a service.</summary>
/// <param name="Problem">What <c>/health</c> reports while the check fails; operators rely on the word.</param>
/// <param name="IsHealthy">Called from any thread, at each request of <c>/health</c>; must not block.</param>
internal sealed record HealthCheck(string Problem, Func<bool> IsHealthy);
