using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>Records how invocations end: in the audit, the log and the metrics.</summary>
internal sealed partial class CommandRecorder(
    AuditStore auditStore, SecurityLog security, DaemonMetrics metrics, TimeProvider time, ILogger<CommandRecorder> log)
{
    /// <summary>Raised when a command that exists has ended, or was refused. A handler must not block.</summary>
    public event Action<Invocation>? Ended;

    /// <summary>Methods that still run after their callers got an answer.</summary>
    public int DetachedCount => (int)metrics.CommandsDetached.Value;

    public Invocation Begin(CommandCall call) => new(call, time.GetTimestamp());

    /// <summary>Logs a bug. The caller learns only the reference to find it by.</summary>
    public Refusal Failed(Invocation run, Exception failure)
    {
        var text = run.Entry is null ? failure : PluginFailure.Of(failure);
        LogFailed(text, run.Entry?.Descriptor.Name, run.Entry?.Owner.Id, run.Call.Caller.Name, run.Id);
        return new Refusal(RefusalCode.CommandFailed, Detail: run.Texts.Failed(run.Id));
    }

    /// <summary>Counts a method that ignores its cancellation until it ends. The log has its failure already.</summary>
    public async Task WatchAsync(Invocation run, Task method)
    {
        var (command, plugin) = (run.Descriptor.Name, run.Entry!.Owner.Id);
        metrics.CommandsDetached.Add();
        LogDetached(command, plugin, run.Id);
        await method.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LogDetachedEnded(command, plugin, Elapsed(run).TotalSeconds, run.Id);
        metrics.CommandsDetached.Add(-1);
    }

    public TimeSpan Elapsed(Invocation run) => time.GetElapsedTime(run.StartedAt);

    public async ValueTask RecordAsync(Invocation run)
    {
        var outcome = run.Outcome!.Code;
        var label = RefusalLabel.Of(outcome);
        metrics.Commands[label].Add();
        if (run.Entry is not null) Ended?.Invoke(run);
        if (run.Entry is not { Descriptor.Policy.Audit: true } entry) return;
        try
        {
            var recorded = EntryOf(run, entry, outcome);
            var arguments = string.Join(", ", recorded.Arguments.Select(a => $"{a.Key} {a.Value}"));
            security.CommandRun(run.Call.Caller, entry.Descriptor.Name, arguments, label, run.Id);
            await auditStore.RecordAsync(recorded);
        }
        catch (Exception failure) // the command has run: its outcome stays, and the log shows the gap
        {
            LogNotAudited(failure, entry.Descriptor.Name, run.Call.Caller.Name, run.Id);
        }
    }

    private AuditEntry EntryOf(Invocation run, CatalogueEntry entry, string outcome)
    {
        var given = from piece in run.Bind().Pieces
                    let parameter = entry.Descriptor.Parameters[piece.Parameter]
                    where !parameter.Secret
                    group piece.Text by parameter.Name;
        return new(
            time.GetUtcNow(),
            run.Id,
            run.Call.Caller.Id,
            run.Call.Caller.Name,
            entry.Descriptor.Name,
            entry.Owner.Id,
            run.Call.Room?.Name ?? run.Call.Recipient?.Name,
            given.ToDictionary(g => g.Key, g => string.Join(' ', g)),
            outcome,
            Elapsed(run));
    }

    [LoggerMessage(EventId = 701, EventName = "CommandFailed", Level = LogLevel.Error,
        Message = "Command failed: {Command} of plugin {Plugin}, called by {Caller} ({Reference})")]
    private partial void LogFailed(Exception? failure, string? command, string? plugin, string caller, string reference);

    [LoggerMessage(EventId = 703, EventName = "CommandNotAudited", Level = LogLevel.Error,
        Message = "Command not audited: {Command}, called by {Caller} ({Reference})")]
    private partial void LogNotAudited(Exception failure, string command, string caller, string reference);

    [LoggerMessage(EventId = 704, EventName = "CommandDetached", Level = LogLevel.Warning,
        Message = "Command detached: {Command} of plugin {Plugin} ignores its cancellation and still runs ({Reference})")]
    private partial void LogDetached(string command, string plugin, string reference);

    [LoggerMessage(EventId = 705, EventName = "DetachedCommandEnded", Level = LogLevel.Warning,
        Message = "Detached command ended: {Command} of plugin {Plugin}, after {Seconds} s ({Reference})")]
    private partial void LogDetachedEnded(string command, string plugin, double seconds, string reference);
}
