using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>Writes down how invocations end: audit, log and metrics.</summary>
internal sealed partial class CommandRecorder(IAuditTrail audit, DaemonMetrics metrics, TimeProvider time, ILogger<CommandRecorder> log)
{
    /// <summary>Invocations that have been answered and run on.</summary>
    public int DetachedCount => (int)metrics.CommandsDetached.Value;

    /// <summary>Counts one until it is disposed.</summary>
    public IDisposable Detached() => new DetachedCounter(metrics.CommandsDetached);

    /// <summary>Logs a bug, and tells the caller no more of it than where to find it.</summary>
    public CommandOutcome.Refusal Failed(Invocation run, Exception failure)
    {
        Failure(run.Entry is null ? failure : PluginFailure.Of(failure), run.Entry?.Descriptor.Name, run.Entry?.Owner.Id, run.Call.Caller.Name, run.Id);
        return new CommandOutcome.Refusal(RefusalCode.CommandFailed, run.Texts.Failed(run.Id));
    }

    public async ValueTask RecordAsync(Invocation run)
    {
        var outcome = run.Outcome!.Code;
        var label = RefusalLabel.Of(outcome);
        metrics.Commands[label].Add();
        if (run.Entry is not { Descriptor.Policy.Audit: true } entry) return;
        Ended(run.Call.Caller.Name, entry.Descriptor.Name, label, run.Id);
        try
        {
            await audit.RecordAsync(EntryOf(run, entry, outcome));
        }
        catch (Exception failure) // the invocation is over: its outcome stands, and the operator hears of the gap
        {
            NotAudited(failure, entry.Descriptor.Name, run.Call.Caller.Name, run.Id);
        }
    }

    private AuditEntry EntryOf(Invocation run, CatalogueEntry entry, string outcome)
    {
        var given = from piece in run.Bind().Pieces
                    let parameter = entry.Descriptor.Parameters[piece.Parameter]
                    where !parameter.Secret
                    group piece.Text by parameter.Name;
        return new(time.GetUtcNow(), run.Id, run.Call.Caller.Id, run.Call.Caller.Name, entry.Descriptor.Name, entry.Owner.Id,
            run.Call.Room?.Name ?? run.Call.Peer?.Name, given.ToDictionary(g => g.Key, g => string.Join(' ', g)), outcome, time.GetElapsedTime(run.StartedAt));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Command {Command} of {Plugin} failed for {Caller} ({Reference}).")]
    private partial void Failure(Exception? failure, string? command, string? plugin, string caller, string reference);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Caller} called {Command}: {Outcome} ({Reference}).")]
    private partial void Ended(string caller, string command, string outcome, string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "Command {Command} of {Caller} could not be audited ({Reference}).")]
    private partial void NotAudited(Exception failure, string command, string caller, string reference);

    private sealed class DetachedCounter : IDisposable
    {
        private readonly Counter count;

        public DetachedCounter(Counter count)
        {
            this.count = count;
            count.Add();
        }

        public void Dispose() => count.Add(-1);
    }
}
