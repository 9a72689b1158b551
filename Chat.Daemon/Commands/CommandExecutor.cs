using System.Buffers;
using System.Text.Json;
using Chat.Daemon.Hooks;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

/// <summary>The last stage: runs the method under its deadline, in its own scope.</summary>
internal sealed class CommandExecutor(GuardedCalls calls, CommandRecorder recorder, TimeProvider time)
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    /// <summary>How long a cancelled method may take to end by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>Characters of text and data together that fit into a frame, however they are escaped.</summary>
    private const int LargestResult = (ProtocolLimits.DaemonFrameBytes - 2_048) / 6;

    public async Task<CommandOutcome> ExecuteAsync(Invocation run, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        var entry = run.Entry!;
        var (began, site) = (time.GetTimestamp(), new CallSite("command", run.Descriptor.Name, entry.Owner.Id));
        if (await calls.EnterAsync(entry.Calls, site, aborted) is not { } slot) return new CommandOutcome.Refused(CommandChecks.Busy(run));
        var lease = run.TakeLease()!;
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(aborted, lease.Stopping);
        _ = run.Id; // assigned before the method's thread and this one both read it
        var call = await calls.RunAsync(
            site, stop => InvokeAsync(run, lease, stop), Left(entry, began), quit.Token, Grace, slot);
        if (!call.Running.IsCompleted) _ = recorder.WatchAsync(run, call.Running);
        var outcome = call.Running.IsCompletedSuccessfully
            ? OutcomeOf(run, await call.Running)
            : new CommandOutcome.Refused(RefusalOf(run, call, quit.IsCancellationRequested));
        entry.Owner.Tally.Invoked(time.GetElapsedTime(began), failed: outcome.Code is RefusalCode.CommandFailed or RefusalCode.Timeout);
        return outcome;
    }

    /// <summary>The wait for the gate counts towards the deadline: the connection's later frames wait as well.</summary>
    private TimeSpan Left(CatalogueEntry entry, long began) =>
        TimeSpan.FromTicks(Math.Max(0, (entry.Deadline - time.GetElapsedTime(began)).Ticks));

    private static async Task<CommandResult> InvokeAsync(Invocation run, PluginLease lease, CancellationToken stop)
    {
        try
        {
            var context = run.Call.ContextOf(run.Descriptor, run.Id, stop);
            using var current = CurrentInvocation.Begin(run.Call.Origin);
            await using var scope = InvocationScope.Create(lease.Container, context, run.Call.Origin);
            return await run.Descriptor.Invoke(context, scope.ServiceProvider, run.Values!);
        }
        finally
        {
            lease.Dispose();
        }
    }

    private CommandOutcome OutcomeOf(Invocation run, CommandResult? result) => result switch
    {
        CommandResult.Refusal refusal => new CommandOutcome.Refused(RefusalOf(run, refusal.Code, refusal.Text)),
        CommandResult.Post post when run.Call.Room is not null || run.Call.Recipient is not null =>
            new CommandOutcome.Post(post.Text, post.Ephemeral, run.Descriptor.Name),
        CommandResult.Post post => new CommandOutcome.Reply(post.Text),
        CommandResult.Reply reply => ReplyOf(run, reply),
        _ => Failed(run, new InvalidOperationException("The method returned null instead of a result.")),
    };

    private CommandOutcome ReplyOf(Invocation run, CommandResult.Reply reply)
    {
        if (reply.Text.Length + (reply.Data?.Length ?? 0) > LargestResult) return Failed(run, TooLarge("result"));
        try
        {
            if (reply.Data is null) return new CommandOutcome.Reply(reply.Text);
            var data = JsonElement.Parse(reply.Data, new JsonDocumentOptions { MaxDepth = ProtocolLimits.Depth - 1 });
            return UnreadableOf(data) is { } reason
                ? Failed(run, new InvalidOperationException($"The data of the result cannot be sent. {reason}"))
                : new CommandOutcome.Reply(reply.Text, data);
        }
        catch (JsonException failure)
        {
            return Failed(run, failure);
        }
    }

    /// <summary>Why a client could not read a frame with the data, such as half a surrogate pair; null if it can.</summary>
    private static string? UnreadableOf(JsonElement data)
    {
        var line = new ArrayBufferWriter<byte>();
        FrameWriter.Write(line, new DaemonFrame.Reply("", data));
        return FrameReader.ReadDaemon(new(line.WrittenMemory[..^1])) is { Frame: null } unread ? unread.Reason : null;
    }

    private Refusal RefusalOf(Invocation run, GuardedCall<CommandResult> call, bool quit)
    {
        if (call.Running.Exception?.InnerException is RefusalException refusal)
            return RefusalOf(run, refusal.Code, refusal.Message) with { RetryAfter = refusal.RetryAfter };
        if (call.Failure is { } failure) return recorder.Failed(run, failure);
        if (quit) return new Refusal(RefusalCode.Unavailable, Detail: run.Texts.Cancelled);
        if (call.End is CallEnd.Missed) return new Refusal(RefusalCode.Timeout, Detail: run.Texts.Timeout(run.Shown));
        return recorder.Failed(run, new OperationCanceledException("The method was cancelled, but not by the daemon."));
    }

    private Refusal RefusalOf(Invocation run, string code, string text) =>
        code.Length + text.Length > LargestResult ? recorder.Failed(run, TooLarge("refusal")) : new Refusal(code, Detail: text);

    private CommandOutcome.Refused Failed(Invocation run, Exception failure) => new(recorder.Failed(run, failure));

    private static InvalidOperationException TooLarge(string what) =>
        new($"The {what} has more than {LargestResult} characters and may not fit into a frame.");
}
