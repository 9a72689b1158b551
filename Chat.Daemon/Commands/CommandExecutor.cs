using System.Text.Json;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>The last stage: the method, under its deadline, in a scope of its own.</summary>
internal sealed partial class CommandExecutor(TimeProvider time, CommandRecorder recorder, ILogger<CommandExecutor> log)
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    /// <summary>What a cancelled method may take to end by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>Characters of text and data together that surely fit into a frame, whatever they escape to.</summary>
    private const int LargestResult = (ProtocolLimits.DaemonFrameBytes - 2_048) / 6;

    public async Task<CommandOutcome> ExecuteAsync(Invocation run, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        var lease = run.TakeLease()!;
        var deadline = run.Descriptor.Policy.Deadline ?? DefaultDeadline;
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(aborted, lease.Stopping);
        var stop = new CancellationTokenSource(); // never disposed: a method that outlives its deadline may still use its token
        var began = time.GetTimestamp();
        var method = Start(run, lease, run.ContextWith(stop.Token));
        if (!await EndsWithinAsync(method, deadline, quit.Token))
        {
            _ = CancelAsync(run, stop);
            if (!await EndsWithinAsync(method, Grace, CancellationToken.None)) _ = WatchAsync(run, method);
        }
        var outcome = method.IsCompletedSuccessfully ? OutcomeOf(run, await method) : FailureOf(run, method, stop.IsCancellationRequested, quit.IsCancellationRequested);
        run.Entry!.Owner.Tally.Invoked(time.GetElapsedTime(began), failed: outcome.Code is RefusalCode.CommandFailed or RefusalCode.Timeout);
        return outcome;
    }

    /// <summary>On the pool, so that a method that blocks holds nobody's loop; without the caller's context, whose async-locals would keep a plugin from unloading.</summary>
    private static Task<CommandResult> Start(Invocation run, ICommandLease lease, CommandContext context)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Run(() => InvokeAsync(run, lease, context));
    }

    private static async Task<CommandResult> InvokeAsync(Invocation run, ICommandLease lease, CommandContext context)
    {
        try
        {
            await using var scope = lease.CreateScope(context, run.Call.Origin);
            return await run.Descriptor.Invoke(context, scope.ServiceProvider, run.Values!);
        }
        finally
        {
            lease.Dispose();
        }
    }

    private async Task<bool> EndsWithinAsync(Task method, TimeSpan limit, CancellationToken quit)
    {
        await method.WaitAsync(limit, time, quit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return method.IsCompleted;
    }

    /// <summary>Not waited for: what a plugin registered on the token may block.</summary>
    private async Task CancelAsync(Invocation run, CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException failure)
        {
            CancellationFailed(PluginFailure.Of(failure), run.Descriptor.Name, run.Entry!.Owner.Id, run.Id);
        }
    }

    private async Task WatchAsync(Invocation run, Task<CommandResult> method)
    {
        using var detached = recorder.Detached();
        GoesOnDetached(run.Descriptor.Name, run.Entry!.Owner.Id, run.Id);
        await ((Task)method).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        DetachedEnded(PluginFailure.Of(method.Exception?.InnerException), run.Descriptor.Name, run.Entry.Owner.Id, run.Id, time.GetElapsedTime(run.StartedAt).TotalSeconds);
    }

    private CommandOutcome OutcomeOf(Invocation run, CommandResult? result)
    {
        switch (result)
        {
            case CommandResult.Refusal refusal:
                return RefusalOf(run, refusal.Code, refusal.Text);
            case CommandResult.Post post when run.Call.Room is not null || run.Call.Peer is not null:
                return new CommandOutcome.Post(post.Text, post.Ephemeral, run.Descriptor.Name);
            case CommandResult.Post post:
                return new CommandOutcome.Reply(post.Text);
            case CommandResult.Reply reply:
                return ReplyOf(run, reply);
            default:
                return recorder.Failed(run, new InvalidOperationException("The method returned no result."));
        }
    }

    private CommandOutcome.Refusal RefusalOf(Invocation run, string code, string text) => code.Length + text.Length > LargestResult
        ? recorder.Failed(run, new InvalidOperationException($"The refusal has over {LargestResult} characters: it does not surely fit into a frame."))
        : new CommandOutcome.Refusal(code, text);

    private CommandOutcome ReplyOf(Invocation run, CommandResult.Reply reply)
    {
        if (reply.Text.Length + (reply.Data?.Length ?? 0) > LargestResult)
            return recorder.Failed(run, new InvalidOperationException($"The result has over {LargestResult} characters: it does not surely fit into a frame."));
        try
        {
            return new CommandOutcome.Reply(reply.Text, reply.Data is null ? null : JsonElement.Parse(reply.Data));
        }
        catch (JsonException failure)
        {
            return recorder.Failed(run, failure);
        }
    }

    private CommandOutcome.Refusal FailureOf(Invocation run, Task method, bool stopped, bool quit)
    {
        if (method.Exception?.InnerException is RefusalException refusal) return RefusalOf(run, refusal.Code, refusal.Message);
        if (method.Exception?.InnerException is { } failure) return recorder.Failed(run, failure);
        if (quit) return new CommandOutcome.Refusal(RefusalCode.Unavailable, run.Texts.Cancelled);
        if (stopped) return new CommandOutcome.Refusal(RefusalCode.Timeout, run.Texts.Timeout(run.Entry!.NameIn(run.Texts.Language)));
        return recorder.Failed(run, new OperationCanceledException("The method was cancelled, but not by the daemon."));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Command {Command} of {Plugin} ignores its cancellation and goes on detached ({Reference}).")]
    private partial void GoesOnDetached(string command, string plugin, string reference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Command {Command} of {Plugin}, detached, has ended after {Seconds} s ({Reference}).")]
    private partial void DetachedEnded(Exception? failure, string command, string plugin, string reference, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Command {Command} of {Plugin}: what it registered on its cancellation threw ({Reference}).")]
    private partial void CancellationFailed(Exception? failure, string command, string plugin, string reference);
}
