using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>
/// Takes every command, from a line or a frame, through the stages in their order. Each stage lets it pass (null) or refuses it. Safe from
/// any thread.
/// </summary>
internal sealed class CommandPipeline(
    CommandRegistry commandRegistry, CommandChecks checks, ArgumentReader reader, CommandExecutor executor, CommandRecorder recorder)
{
    /// <summary>Completes at the command's deadline plus a grace at the latest, whatever the method does.</summary>
    /// <param name="aborted">The caller's session has ended, or the daemon stops.</param>
    public async Task<CommandOutcome> RunAsync(CommandCall call, CancellationToken aborted)
    {
        var run = recorder.Begin(call);
        try
        {
            return run.Outcome = await CheckAsync(run, aborted) is { } refusal
                ? new CommandOutcome.Refused(refusal)
                : await executor.ExecuteAsync(run, aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            return run.Outcome = new CommandOutcome.Refused(new Refusal(RefusalCode.Unavailable, Detail: run.Texts.Cancelled));
        }
        catch (Exception failure) // a bug of the daemon: this invocation ends, the session lives
        {
            return run.Outcome = new CommandOutcome.Refused(recorder.Failed(run, failure));
        }
        finally
        {
            run.TakeLease()?.Dispose();
            await recorder.RecordAsync(run);
        }
    }

    /// <summary>All stages but the last. If they let it pass, the caller must dispose of the invocation's lease.</summary>
    internal async ValueTask<Refusal?> CheckAsync(Invocation run, CancellationToken aborted) =>
        LookUp(run)
        ?? CommandChecks.Permission(run)
        ?? CommandChecks.Place(run)
        ?? checks.Rate(run)
        ?? await ReadArgumentsAsync(run, aborted)
        ?? CommandChecks.Parameters(run)
        ?? checks.Confirmation(run);

    /// <summary>
    /// Takes a lease at once, so that the plugin cannot stop before the method runs. If the plugin already drains, a newer snapshot has
    /// the command, or the command is gone.
    /// </summary>
    private Refusal? LookUp(Invocation run)
    {
        for (CatalogueEntry? refused = null; ;)
        {
            var snapshot = commandRegistry.Current;
            var entry = run.Call.FindIn(snapshot.Catalogue, out var argumentsAt);
            if (entry is null || ReferenceEquals(entry, refused)) return CommandChecks.NotFound(run, snapshot, argumentsAt);
            if (entry.Owner.TryLease() is { } lease)
            {
                run.Found(snapshot, entry, argumentsAt, lease);
                return null;
            }
            refused = entry;
        }
    }

    private async ValueTask<Refusal?> ReadArgumentsAsync(Invocation run, CancellationToken aborted)
    {
        var (values, error) = await reader.ReadAsync(run.Entry!, run.Bind(), run.Call.Caller, aborted);
        run.Values = values;
        if (error?.Fault is { } fault) return recorder.Failed(run, fault);
        return error is null ? null : CommandChecks.Arguments(run, error);
    }
}
