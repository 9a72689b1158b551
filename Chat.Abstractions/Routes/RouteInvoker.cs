namespace Chat;

/// <summary>Answers a request.</summary>
/// <param name="scope">Resolves the services of the route's class; disposed when the call ends.</param>
/// <param name="cancellation">Cancelled at the deadline, when the client is gone, and when the plugin stops.</param>
public delegate ValueTask<RouteResponse> RouteInvoker(RouteRequest request, IServiceProvider scope, CancellationToken cancellation);
