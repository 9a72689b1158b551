using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>A plugin's filter, called under its deadline and bypassed while it hangs. Safe from any thread.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore's wait handle is never created, and a call that hangs may still release the semaphore.")]
internal sealed partial class PluginFilter(PluginOwner owner, FilterDescriptor descriptor, IMessageFilter filter, HookRuntime hookRuntime)
{
    /// <summary>Pool threads that calls may occupy before their first await: a filter that blocks must not take all of them.</summary>
    private static readonly int MostEntering = Math.Max(4, Environment.ProcessorCount);

    private readonly SemaphoreSlim entering = new(MostEntering);
    private readonly DeadlineGuard guard = new(hookRuntime.Time);
    private readonly HookCounts counts = hookRuntime.Metrics.Filter(owner.Id, descriptor.Name);
    private readonly CallSite site = new("filter", descriptor.Name, owner.Id);
    private readonly TimeSpan deadline = TimeSpan.FromMilliseconds(descriptor.Policy.DeadlineMilliseconds);
    private readonly ILogger log = hookRuntime.Log;

    public PluginOwner Owner => owner;

    public string Name => descriptor.Name;

    public int Order { get; } = descriptor.Policy.Order;

    public bool IsBypassed => guard.IsBypassed;

    /// <inheritdoc cref="FilterState"/>
    public bool IsDisabled => descriptor.State.IsDisabled;

    /// <summary>For a message that the filter gives no verdict on; null refuses it.</summary>
    private FilterVerdict? Default => descriptor.Policy.FailClosed ? null : FilterVerdict.Allow;

    /// <summary>
    /// The verdict, whose replacement is a valid text of a message; null refuses the message because there is no verdict.
    /// </summary>
    /// <param name="lease">Returned when the call has really ended.</param>
    /// <exception cref="OperationCanceledException">The sender's connection has ended.</exception>
    public async Task<FilterVerdict?> JudgeAsync(Draft draft, PluginLease lease, CancellationToken aborted)
    {
        if (!guard.MayCall())
        {
            lease.Dispose();
            return Counted(HookOutcome.Bypassed, Default);
        }
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(aborted, lease.Stopping);
        var began = hookRuntime.Time.GetTimestamp();
        var call = await hookRuntime.Calls.RunAsync(site, stop => CallAsync(draft, lease, stop), deadline, quit.Token);
        counts.AddTime(hookRuntime.Time.GetElapsedTime(began));
        switch (call.End)
        {
            case CallEnd.Abandoned:
                guard.Abandoned(call.Ended);
                counts.Outcomes[HookOutcome.Abandoned].Add();
                aborted.ThrowIfCancellationRequested();
                return Default;
            case CallEnd.Missed:
                if (guard.Missed(call.Ended)) LogBypassed(Name, owner.Id, descriptor.Policy.FailClosed ? "refused" : "let through");
                else LogMissedDeadline(Name, owner.Id);
                return Counted(HookOutcome.Missed, Default);
            default:
                if (guard.Answered()) LogRestored(Name, owner.Id);
                return call.End == CallEnd.Answered ? Checked(await call.Running) : Failed(call.Failure);
        }
    }

    private async Task<FilterVerdict?> CallAsync(Draft draft, PluginLease lease, CancellationToken stop)
    {
        try
        {
            return await await EnterAsync(draft, stop);
        }
        finally
        {
            lease.Dispose();
        }
    }

    private async Task<ValueTask<FilterVerdict>> EnterAsync(Draft draft, CancellationToken stop)
    {
        await entering.WaitAsync(stop);
        try
        {
            return filter.FilterAsync(draft, stop);
        }
        finally
        {
            entering.Release();
        }
    }

    private FilterVerdict? Checked(FilterVerdict? verdict) => verdict switch
    {
        null => Failed(new InvalidOperationException("The filter returned null instead of a verdict.")),
        FilterVerdict.Replaced { Text: var text } when TextRules.HasForbiddenControl(text) || TextRules.CodeFor(text) is not null =>
            Failed(new InvalidOperationException("The filter's replacement is empty, too long, or contains a control character.")),
        _ => Counted(WordOf(verdict), verdict),
    };

    private static string WordOf(FilterVerdict verdict) => verdict switch
    {
        FilterVerdict.Replaced => HookOutcome.Replaced,
        FilterVerdict.Rejected => HookOutcome.Rejected,
        FilterVerdict.Dropped => HookOutcome.Dropped,
        _ => HookOutcome.Allowed,
    };

    private FilterVerdict? Failed(Exception? failure)
    {
        LogFailed(PluginFailure.Of(failure), Name, owner.Id);
        return Counted(HookOutcome.Failed, Default);
    }

    private FilterVerdict? Counted(string outcome, FilterVerdict? verdict)
    {
        counts.Outcomes[outcome].Add();
        return verdict;
    }

    [LoggerMessage(EventId = 753, EventName = "FilterFailed", Level = LogLevel.Error,
        Message = "Filter failed: {Filter} of plugin {Plugin}")]
    private partial void LogFailed(Exception? failure, string filter, string plugin);

    [LoggerMessage(EventId = 754, EventName = "FilterMissedDeadline", Level = LogLevel.Warning,
        Message = "Filter missed its deadline: {Filter} of plugin {Plugin}")]
    private partial void LogMissedDeadline(string filter, string plugin);

    [LoggerMessage(EventId = 755, EventName = "FilterBypassed", Level = LogLevel.Error,
        Message = "Filter bypassed: {Filter} of plugin {Plugin} missed its deadline five times in a minute. "
            + "Messages are {Fate} without it. "
            + "The daemon tries it again after a minute, if none of its calls still runs")]
    private partial void LogBypassed(string filter, string plugin, string fate);

    [LoggerMessage(EventId = 756, EventName = "FilterRestored", Level = LogLevel.Information,
        Message = "Filter restored: {Filter} of plugin {Plugin} answers again")]
    private partial void LogRestored(string filter, string plugin);
}
