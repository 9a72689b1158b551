using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>A plugin's route, called under its deadline. Logs its declared path, never the requested one. Safe from any thread.</summary>
internal sealed partial class PluginRoute(PluginOwner owner, RouteDescriptor descriptor, RoutePath path, HookRuntime hookRuntime)
{
    /// <summary>Threads that the calls of one route may hold.</summary>
    private const int MostCalls = 16;

    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10), LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>How long a cancelled call may take to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly CallSite site = new("route", RouteRules.NameOf(descriptor), owner.Id);
    private readonly CallGate gate = new(MostCalls, LongestWait);
    private readonly HookCounts counts = hookRuntime.Metrics.Route(owner.Id, RouteRules.NameOf(descriptor));
    private readonly TimeSpan deadline = descriptor.Deadline ?? DefaultDeadline;
    private readonly ILogger log = hookRuntime.Log;

    public PluginOwner Owner => owner;

    /// <summary>The method and the declared path.</summary>
    public string Name => site.Name;

    public string Method => descriptor.Method;

    public RoutePath Path => path;

    public int MaxBodyBytes => descriptor.MaxBodyBytes;

    /// <summary>As declared, or made of the plugin's id and the path, so that the operator can close any route.</summary>
    public string Permission { get; } = PermissionOf(owner.Id, path, descriptor.Permission);

    public Role DefaultRole => descriptor.DefaultRole;

    /// <param name="declared">Null where the route declares none.</param>
    public static string PermissionOf(string plugin, RoutePath path, string? declared) =>
        declared ?? $"route.{plugin.ToLowerInvariant()}.{path.Words}".TrimEnd('.');

    /// <summary>
    /// The response, which keeps no rule broken, or why there is none. Whoever awaits this holds nothing of the plugin afterwards, however
    /// slowly the client reads.
    /// </summary>
    /// <param name="lease">Returned when the call has really ended.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<(RouteResponse? Response, Refusal? Refusal)> AnswerAsync(
        RouteRequest request, PluginLease lease, CancellationToken aborted)
    {
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(aborted, lease.Stopping);
        var began = hookRuntime.Time.GetTimestamp();
        if (await EnterAsync(lease, quit.Token) is not { } slot)
        {
            aborted.ThrowIfCancellationRequested();
            return (null, new Refusal(lease.Stopping.IsCancellationRequested ? RefusalCode.Unavailable : RefusalCode.Busy));
        }
        var call = await hookRuntime.Calls.RunAsync(site, stop => CallAsync(request, lease, stop), deadline, quit.Token, Grace, slot);
        var took = hookRuntime.Time.GetElapsedTime(began);
        var outcome = call.Running.IsCompletedSuccessfully ? Checked(await call.Running) : (null, RefusalOf(call));
        counts.AddTime(took);
        owner.Tally.Invoked(took, failed: outcome.Item2?.Code is RouteRefusal.Failed or RefusalCode.Timeout);
        aborted.ThrowIfCancellationRequested();
        return outcome;
    }

    private async ValueTask<CallSlot?> EnterAsync(PluginLease lease, CancellationToken quit)
    {
        CallSlot? slot = null;
        try
        {
            return slot = await hookRuntime.Calls.EnterAsync(gate, site, quit);
        }
        catch (OperationCanceledException)
        {
            return null; // the caller sees why
        }
        finally
        {
            if (slot is null) lease.Dispose();
        }
    }

    private async Task<RouteResponse> CallAsync(RouteRequest request, PluginLease lease, CancellationToken stop)
    {
        try
        {
            await using var scope = lease.Container.CreateAsyncScope();
            return await descriptor.Invoke(request, scope.ServiceProvider, stop);
        }
        finally
        {
            lease.Dispose();
        }
    }

    private (RouteResponse?, Refusal?) Checked(RouteResponse? response)
    {
        if (ResponseRules.ProblemOf(response) is { } problem) return (null, Failed(new InvalidOperationException(problem)));
        counts.Outcomes[HookOutcome.Answered].Add();
        return (response, null);
    }

    private Refusal RefusalOf(GuardedCall<RouteResponse> call)
    {
        if (call.Running.Exception?.InnerException is RefusalException refusal)
        {
            counts.Outcomes[HookOutcome.Refused].Add();
            return new Refusal(refusal.Code, RetryAfter: refusal.RetryAfter, Detail: refusal.Message);
        }
        if (call.Failure is { } failure) return Failed(failure);
        if (call.End is CallEnd.Missed)
        {
            LogMissedDeadline(Name, owner.Id);
            counts.Outcomes[HookOutcome.Missed].Add();
            return new Refusal(RefusalCode.Timeout);
        }
        if (call.End is not CallEnd.Abandoned)
            return Failed(new OperationCanceledException("The route was cancelled, but not by the daemon."));
        counts.Outcomes[HookOutcome.Abandoned].Add();
        return new Refusal(RefusalCode.Unavailable);
    }

    private Refusal Failed(Exception failure)
    {
        LogFailed(PluginFailure.Of(failure), Name, owner.Id);
        counts.Outcomes[HookOutcome.Failed].Add();
        return new Refusal(RouteRefusal.Failed);
    }

    [LoggerMessage(EventId = 763, EventName = "RouteFailed", Level = LogLevel.Error, Message = "Route failed: {Route} of plugin {Plugin}")]
    private partial void LogFailed(Exception? failure, string route, string plugin);

    [LoggerMessage(EventId = 764, EventName = "RouteMissedDeadline", Level = LogLevel.Warning,
        Message = "Route missed its deadline: {Route} of plugin {Plugin}")]
    private partial void LogMissedDeadline(string route, string plugin);
}
