using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>A filter that was made, with what the daemon holds against it. Safe from any thread.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without its wait handle, which nobody asks for, the semaphore holds nothing; a call that hangs may still leave it.")]
internal sealed partial class PluginFilter(IHookOwner owner, FilterDescriptor descriptor, IMessageFilter filter, HookCounts counts, TimeProvider time, ILogger log)
{
    /// <summary>Threads of the pool that calls may hold which have not come to their first await: a filter that blocks must not take all.</summary>
    private static readonly int MostEntering = Math.Max(4, Environment.ProcessorCount);

    private readonly SemaphoreSlim entering = new(MostEntering);
    private readonly DeadlineGuard guard = new(time);
    private readonly HookCalls calls = new(owner.Id, descriptor.Name, TimeSpan.FromMilliseconds(descriptor.Policy.DeadlineMilliseconds), time, log);

    public IHookOwner Owner => owner;

    public string Name => descriptor.Name;

    public int Order { get; } = descriptor.Policy.Order;

    public bool IsBypassed => guard.IsBypassed;

    public bool IsResting => descriptor.Rest.IsResting;

    /// <summary>What becomes of a message that it gives no verdict on; null: it is refused.</summary>
    private FilterVerdict? Default => descriptor.Policy.FailClosed ? null : FilterVerdict.Allow;

    /// <summary>The verdict; null where it has none and the message is to be refused for that. A replacement keeps the rules of texts.</summary>
    /// <param name="lease">Disposed when the call has really ended.</param>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public async Task<FilterVerdict?> JudgeAsync(Draft draft, IHookLease lease, CancellationToken aborted)
    {
        if (!guard.MayCall())
        {
            lease.Dispose();
            return Counted(HookOutcome.Bypassed, Default);
        }
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(aborted, lease.Stopping);
        var began = time.GetTimestamp();
        var result = await calls.RunAsync(stop => CallAsync(draft, lease, stop), quit.Token);
        counts.AddTime(time.GetElapsedTime(began));
        switch (result.End)
        {
            case HookEnd.Abandoned:
                guard.Abandoned(result.Running);
                counts.Outcomes[HookOutcome.Abandoned].Add();
                aborted.ThrowIfCancellationRequested();
                return Default;
            case HookEnd.Missed:
                if (guard.Missed(result.Running)) Bypassed(Name, owner.Id, descriptor.Policy.FailClosed ? "refused" : "let through");
                else MissedDeadline(Name, owner.Id);
                return Counted(HookOutcome.Missed, Default);
            default:
                if (guard.Answered()) InForce(Name, owner.Id);
                return result.End == HookEnd.Answered ? Checked(await result.Running) : Failed(result.Running.Exception?.InnerException);
        }
    }

    private async Task<FilterVerdict?> CallAsync(Draft draft, IHookLease lease, CancellationToken stop)
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
        null => Failed(new InvalidOperationException("The filter returned no verdict.")),
        FilterVerdict.Replaced { Text: var text } when TextRules.HasForbiddenControl(text) || TextRules.CodeFor(text) is not null =>
            Failed(new InvalidOperationException("The filter's replacement can be no text of a message: it is empty, too long, or holds a control character.")),
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
        Failure(PluginFailure.Of(failure), Name, owner.Id);
        return Counted(HookOutcome.Failed, Default);
    }

    private FilterVerdict? Counted(string outcome, FilterVerdict? verdict)
    {
        counts.Outcomes[outcome].Add();
        return verdict;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Filter {Filter} of {Plugin} failed.")]
    private partial void Failure(Exception? failure, string filter, string plugin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Filter {Filter} of {Plugin} missed its deadline.")]
    private partial void MissedDeadline(string filter, string plugin);

    [LoggerMessage(Level = LogLevel.Error, Message = "Filter {Filter} of {Plugin} has missed its deadline five times within a minute and is bypassed: messages are {Fate} without it. It is tried again after a minute, once nothing of it hangs.")]
    private partial void Bypassed(string filter, string plugin, string fate);

    [LoggerMessage(Level = LogLevel.Information, Message = "Filter {Filter} of {Plugin} answers again, and is in force again.")]
    private partial void InForce(string filter, string plugin);
}
