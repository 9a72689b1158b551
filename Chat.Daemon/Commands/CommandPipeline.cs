using System.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>The one way of every command, from a line or a frame: each stage lets it pass (null) or ends it with an outcome. Safe from any thread.</summary>
internal sealed class CommandPipeline(
    CommandRegistry registry, RateTable rates, ArgumentReader reader, CommandExecutor executor, CommandRecorder recorder, TimeProvider time)
{
    private readonly ConfirmationTable confirmations = new(time);

    /// <summary>Completes at the latest at the command's deadline and a grace, whatever the method does.</summary>
    /// <param name="aborted">The caller's session has ended, or the daemon stops.</param>
    public async Task<CommandOutcome> RunAsync(CommandCall call, CancellationToken aborted)
    {
        var run = new Invocation(call, time.GetTimestamp());
        try
        {
            return run.Outcome = (CommandOutcome?)await CheckAsync(run, aborted) ?? await executor.ExecuteAsync(run, aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            return run.Outcome = new CommandOutcome.Refusal(RefusalCode.Unavailable, run.Texts.Cancelled);
        }
        catch (Exception failure) // a bug of the daemon's own: this invocation ends, the session lives
        {
            return run.Outcome = recorder.Failed(run, failure);
        }
        finally
        {
            run.TakeLease()?.Dispose();
            await recorder.RecordAsync(run);
        }
    }

    /// <summary>All stages but the last. Where it lets pass, the invocation holds a lease, which is the caller's to dispose.</summary>
    internal async ValueTask<CommandOutcome.Refusal?> CheckAsync(Invocation run, CancellationToken aborted) =>
        LookUp(run)
        ?? CommandChecks.Permission(run)
        ?? CommandChecks.Place(run)
        ?? LimitRate(run)
        ?? await ReadArgumentsAsync(run, aborted)
        ?? CommandChecks.Parameters(run)
        ?? Confirm(run);

    /// <summary>Leases the owner at once, so that it cannot stop in between; where it drains already, a newer snapshot stands or the command is gone.</summary>
    private CommandOutcome.Refusal? LookUp(Invocation run)
    {
        for (CatalogueEntry? refused = null; ;)
        {
            var snapshot = registry.Current;
            var argumentsAt = 0;
            var entry = run.Call.Input switch
            {
                CommandInput.Line line => snapshot.Catalogue.FindIn(line.Text, out argumentsAt),
                CommandInput.Frame frame => snapshot.Catalogue.Find(frame.Name),
                _ => throw new UnreachableException(),
            };
            if (entry is null || ReferenceEquals(entry, refused)) return CommandChecks.NoSuchCommand(run, snapshot, argumentsAt);
            if (entry.Owner.TryLease() is { } lease)
            {
                run.Found(snapshot, entry, argumentsAt, lease);
                return null;
            }
            refused = entry;
        }
    }

    private CommandOutcome.Refusal? LimitRate(Invocation run) =>
        run.Descriptor.Policy.Rate is { } rate ? CommandChecks.Rate(run, rates.Take(run.Call.Caller.Id, run.Descriptor.Name, rate)) : null;

    private async ValueTask<CommandOutcome.Refusal?> ReadArgumentsAsync(Invocation run, CancellationToken aborted)
    {
        var (values, error) = await reader.ReadAsync(run.Descriptor.Parameters, run.Bind(), run.Call.Caller, aborted);
        run.Values = values;
        if (error?.Fault is { } fault) return recorder.Failed(run, fault);
        return error is null ? null : CommandChecks.Arguments(run, error);
    }

    private CommandOutcome.Refusal? Confirm(Invocation run)
    {
        if (!run.Descriptor.Policy.Confirm) return null;
        // The pieces, not the line: a repetition may be spelled otherwise, but must mean the same, at the same place.
        var call = string.Join('\n', run.Bound!.Pieces.OrderBy(p => p.Parameter).Select(p => $"{p.Parameter} {p.Text}")
            .Prepend($"{run.Descriptor.Name} {run.Call.Room?.Id} {run.Call.Peer?.Id}"));
        return confirmations.IsConfirmed(run.Call.Caller.Id, call) ? null : new CommandOutcome.Refusal(CommandRefusal.Confirm, run.Texts.Confirm(run.Shown, ConfirmationTable.Patience.TotalSeconds));
    }
}
