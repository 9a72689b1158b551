using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The services that a generation hosts: started before it becomes active, stopped as soon as it drains.</summary>
internal sealed partial class HostedWork(PluginOwner owner, IReadOnlyList<IHostedService> services, GuardedCalls calls, ILogger log)
{
    private const string Kind = "service";

    /// <summary>Those whose start has begun.</summary>
    private readonly Stack<IHostedService> started = [];
    private volatile bool isStopping;

    public IReadOnlyList<string> Names => [.. services.Select(NameOf)];

    /// <summary>Starts one after the other, in the order of their registration.</summary>
    /// <param name="limit">For each.</param>
    /// <exception cref="PluginRefusedException">One threw, or took too long. Stop those that were started.</exception>
    public async Task StartAsync(TimeSpan limit, CancellationToken cancellation)
    {
        foreach (var service in services)
        {
            started.Push(service);
            var name = NameOf(service);
            var call = await calls.RunAsync(new(Kind, name, owner.Id), stop => RunAsync(service.StartAsync(stop)), limit, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (call.End is CallEnd.Missed) throw TooSlow(name, limit);
            if (call.End is not CallEnd.Answered)
                throw Refused(name, call.Running.Exception?.InnerException ?? new OperationCanceledException());
            if (service is BackgroundService { ExecuteTask: { } running }) _ = WatchAsync(running, name);
        }
    }

    /// <summary>Stops those that were started, the last first. Never throws.</summary>
    /// <param name="limit">For all together. Then they are cancelled.</param>
    /// <param name="grace">After that.</param>
    /// <param name="hurry">Cancels them before the limit.</param>
    public async Task StopAsync(TimeSpan limit, TimeSpan grace, CancellationToken hurry)
    {
        isStopping = true;
        if (started.Count == 0) return;
        var call = await calls.RunAsync(new(Kind, owner.Id, owner.Id), StopAllAsync, limit, hurry, grace);
        if (!call.Running.IsCompleted) LogStopSlow(owner.Id);
    }

    private async Task<bool> StopAllAsync(CancellationToken stop)
    {
        while (started.TryPop(out var service))
        {
            try
            {
                await service.StopAsync(stop);
            }
            catch (Exception failure) // the others stop anyway
            {
                LogStopFailed(PluginFailure.Of(failure), NameOf(service), owner.Id);
            }
        }
        return true;
    }

    /// <summary>Nobody else sees the end of a background service. What it throws after it was told to stop is no failure.</summary>
    private async Task WatchAsync(Task running, string name)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isStopping || running.Exception is not { } failure) return;
        owner.Tally.Failed();
        LogFailed(PluginFailure.Of(failure.InnerException), name, owner.Id);
    }

    private static async Task<bool> RunAsync(Task start)
    {
        await start;
        return true;
    }

    private static PluginRefusedException TooSlow(string name, TimeSpan limit) =>
        new(LocalizedText.Of(t => t.ServiceTimeout(name, limit.TotalSeconds)));

    private static PluginRefusedException Refused(string name, Exception failure)
    {
        var (type, message) = (failure.GetType().Name, PluginFailure.MessageOf(failure));
        return new(LocalizedText.Of(t => t.ServiceThrew(name, type, message)), cause: PluginFailure.Of(failure));
    }

    private static string NameOf(IHostedService service) => Printable.Escape(service.GetType().Name);

    [LoggerMessage(EventId = 783, EventName = "PluginServiceFailed", Level = LogLevel.Error,
        Message = "Service failed: {Service} of plugin {Plugin} ended with an exception. It does not run until the plugin starts again.")]
    private partial void LogFailed(Exception? failure, string service, string plugin);

    [LoggerMessage(EventId = 784, EventName = "PluginServiceStopFailed", Level = LogLevel.Error,
        Message = "Service failed to stop: {Service} of plugin {Plugin}")]
    private partial void LogStopFailed(Exception? failure, string service, string plugin);

    [LoggerMessage(EventId = 785, EventName = "PluginServiceStopSlow", Level = LogLevel.Warning,
        Message = "Services of plugin {Plugin} take too long to stop; the daemon stops waiting.")]
    private partial void LogStopSlow(string plugin);
}
