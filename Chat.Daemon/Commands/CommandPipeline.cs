using System.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>The one way of every command, from a line or a frame: each stage lets it pass (null) or ends it with an outcome. Safe from any thread.</summary>
internal sealed class CommandPipeline(
    CommandRegistry registry, ArgumentReader reader, CommandExecutor executor, CommandRecorder recorder, TimeProvider time)
{
    private readonly RateTable rates = new(time);
    private readonly ConfirmationTable confirmations = new(time);

    /// <summary>Completes at the latest at the command's deadline and a grace, whatever the method does.</summary>
    /// <param name="aborted">The caller's session has ended, or the daemon stops.</param>
    public async Task<CommandOutcome> RunAsync(CommandCall call, CancellationToken aborted)
    {
        var run = new Invocation(call, time.GetTimestamp());
        try
        {
            return run.Outcome =
                LookUp(run)
                ?? CheckPermission(run)
                ?? CheckPlace(run)
                ?? LimitRate(run)
                ?? await ReadArgumentsAsync(run, aborted)
                ?? CheckParameters(run)
                ?? Confirm(run)
                ?? await executor.ExecuteAsync(run, aborted);
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
            if (entry is null || ReferenceEquals(entry, refused)) return NoSuchCommand(run, snapshot, argumentsAt);
            if (entry.Owner.TryLease() is { } lease)
            {
                run.Found(snapshot, entry, argumentsAt, lease);
                return null;
            }
            refused = entry;
        }
    }

    private static CommandOutcome.Refusal? CheckPermission(Invocation run) =>
        run.Snapshot.MayRun(run.Call.Caller, run.Entry!) ? null : new CommandOutcome.Refusal(RefusalCode.Forbidden, run.Texts.Forbidden(Shown(run)));

    private static CommandOutcome.Refusal? CheckPlace(Invocation run) => run.Descriptor.Policy.Where switch
    {
        Where.Room when run.Call.Room is null => new CommandOutcome.Refusal(RefusalCode.Forbidden, run.Texts.OnlyInRoom(Shown(run))),
        Where.Direct when run.Call.Peer is null => new CommandOutcome.Refusal(RefusalCode.Forbidden, run.Texts.OnlyInDirect(Shown(run))),
        _ => null,
    };

    private CommandOutcome.Refusal? LimitRate(Invocation run)
    {
        if (run.Descriptor.Policy.Rate is not { } rate || rates.Take(run.Call.Caller.Id, run.Descriptor.Name, rate) is not { } wait) return null;
        return new CommandOutcome.Refusal(RefusalCode.RateLimited, run.Texts.RateLimited(Shown(run), Math.Ceiling(wait.TotalSeconds)), wait);
    }

    private async ValueTask<CommandOutcome.Refusal?> ReadArgumentsAsync(Invocation run, CancellationToken aborted)
    {
        var (values, error) = await reader.ReadAsync(run.Descriptor.Parameters, run.Bind(), run.Call.Caller, aborted);
        run.Values = values;
        if (error?.Fault is { } fault) return recorder.Failed(run, fault);
        return error is null ? null : BadArguments(run, error);
    }

    private static CommandOutcome.Refusal? CheckParameters(Invocation run) =>
        ParameterCheck.Check(run.Descriptor.Parameters, run.Values!, run.Bound!, run.Call.Caller) is { } error ? BadArguments(run, error) : null;

    private CommandOutcome.Refusal? Confirm(Invocation run)
    {
        if (!run.Descriptor.Policy.Confirm) return null;
        // The pieces, not the line: a repetition may be spelled otherwise, but must mean the same, at the same place.
        var call = string.Join('\n', run.Bound!.Pieces.OrderBy(p => p.Parameter).Select(p => $"{p.Parameter} {p.Text}")
            .Prepend($"{run.Descriptor.Name} {run.Call.Room?.Id} {run.Call.Peer?.Id}"));
        return confirmations.IsConfirmed(run.Call.Caller.Id, call) ? null : new CommandOutcome.Refusal(CommandRefusal.Confirm, run.Texts.Confirm(Shown(run), ConfirmationTable.Patience.TotalSeconds));
    }

    private static CommandOutcome.Refusal NoSuchCommand(Invocation run, CommandSnapshot snapshot, int end)
    {
        var typed = run.Call.Input is CommandInput.Line line ? line.Text[..end].TrimStart('/') : ((CommandInput.Frame)run.Call.Input).Name;
        var names = snapshot.ListedFor(run.Call.Caller).SelectMany(e => e.Descriptor.Aliases.Select(a => a.Name).Prepend(e.NameIn(run.Call.Language)));
        return new CommandOutcome.Refusal(RefusalCode.NoSuchCommand, run.Texts.NoSuchCommand(typed, DidYouMean.Of(typed, names)));
    }

    private static CommandOutcome.Refusal BadArguments(Invocation run, ArgumentError error)
    {
        var code = error.Problem switch
        {
            ArgumentProblem.NoSuchUser => RefusalCode.NoSuchUser,
            ArgumentProblem.NoSuchRoom => RefusalCode.NoSuchRoom,
            ArgumentProblem.NotOutranked => RefusalCode.Forbidden,
            _ => RefusalCode.BadArguments,
        };
        return new(code, run.Texts.Of(error) + " " + run.Texts.Usage(run.Entry!), Error: error);
    }

    private static string Shown(Invocation run) => run.Entry!.NameIn(run.Texts.Language);
}
