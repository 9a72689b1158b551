using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Messages;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>
/// The sequencer of one conversation. Messages wait in a queue; one runner at a time takes all that waits, numbers it, appends it
/// and has it fanned out when it is committed. After an append that failed, or whose outcome is not known, nothing is guessed:
/// last number and recent ids are read from the log again. Safe from any thread.
/// </summary>
internal sealed partial class Sequencer(ConversationId id, IMessageLog log, Fanout fanout, DaemonMetrics metrics, TimeProvider time, ILogger logger) : IThreadPoolWorkItem
{
    /// <summary>Ids of a session are dropped when it has been silent this long; they are still in the log.</summary>
    private static readonly TimeSpan RecentTime = TimeSpan.FromMinutes(10);

    /// <summary>What a batch takes up, as reckoned for its messages: a part of what may wait in an outbox, so that one batch cuts nobody off who reads.</summary>
    private const int BatchBytes = 1 << 18;

    /// <summary>Guards everything below. Nothing is called under it.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<long, RecentIds> recent = [];
    private List<PendingMessage> waiting = [];
    private TaskCompletionSource? ready;
    private bool isRunning;
    private bool isOpen;

    /// <summary>The last number given. The runner's alone.</summary>
    private long last;
    private bool hasStarted;

    /// <summary>Whether nothing is queued or on its way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return !isRunning;
            }
        }
    }

    /// <summary>Told of each batch when everybody concerned has it. Called by the runner: it is quick, and throws nothing.</summary>
    public Action<IReadOnlyList<PendingMessage>>? Committed { get; init; }

    /// <summary>Queues the message; its echo, or its refusal, comes when the outcome is known.</summary>
    public void Append(PendingMessage message)
    {
        message.Sender.Appends.Begin(message);
        lock (gate)
        {
            if (message.ClientId is { } clientId && recent.TryGetValue(message.Sender.Session, out var ids))
                message.RecentSlot = ids.Put(RecentIds.HashOf(clientId), RecentIds.InFlight);
            waiting.Add(message);
            Start();
        }
    }

    /// <summary>Completes when the log is open and all it holds has been shown. Throws what opening it threw.</summary>
    public Task ReadyAsync()
    {
        lock (gate)
        {
            if (isOpen) return Task.CompletedTask;
            ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Start();
            return ready.Task;
        }
    }

    /// <summary>The message that the session has sent with this id before, if it is still remembered; waits for it while it is on its way.</summary>
    public ValueTask<LoggedMessage?> FindAsync(Sender sender, string clientId, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (isOpen && recent.TryGetValue(sender.Session, out var ids) && !ids.Contains(RecentIds.HashOf(clientId)))
            {
                ids.TouchedAt = time.GetTimestamp();
                return ValueTask.FromResult<LoggedMessage?>(null);
            }
        }
        return SearchAsync(sender, clientId, cancellation);
    }

    /// <summary>Drops the ids of sessions that are silent.</summary>
    public void Forget()
    {
        lock (gate)
        {
            if (isRunning) return;
            foreach (var (session, ids) in recent)
                if (time.GetElapsedTime(ids.TouchedAt) > RecentTime) recent.Remove(session);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private void Start()
    {
        if (isRunning) return;
        isRunning = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                if (!isOpen) await OpenAsync();
                if (batch.Count > 0) await AppendAsync(batch);
            }
            catch (LogRefusedException e)
            {
                LogRefused(logger, id.Value, batch.Count, e);
                Fail(batch, RefusalCode.Storage, e);
            }
            catch (Exception e)
            {
                LogUnknown(logger, id.Value, batch.Count, e); // whatever it was: what is in the log decides
                Fail(batch, RefusalCode.Unavailable, e);
            }
            foreach (var message in batch)
            {
                message.Sender.Appends.Complete(message);
                message.Outcome?.TrySetResult(null); // unless it has failed
            }
        }
    }

    private List<PendingMessage>? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0 && (ready is null || isOpen))
            {
                isRunning = false;
                return null;
            }
            var count = CountOfBatch();
            if (count == waiting.Count)
            {
                var all = waiting;
                waiting = [];
                return all;
            }
            var batch = waiting.GetRange(0, count);
            waiting.RemoveRange(0, count);
            return batch;
        }
    }

    private int CountOfBatch()
    {
        var (count, bytes) = (0, 0);
        while (count < waiting.Count && bytes < BatchBytes) bytes += waiting[count++].Bytes;
        return count;
    }

    private async Task AppendAsync(List<PendingMessage> batch)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var messages = new List<LoggedMessage>(batch.Count);
        foreach (var m in batch)
        {
            m.Logged = new LoggedMessage(last + messages.Count + 1, m.Sender.Name, m.Text, now, m.Sender.Session, m.ClientId, m.Via);
            messages.Add(m.Logged);
        }
        await log.AppendAsync(id, messages);
        last += messages.Count;
        Remember(batch);
        metrics.Messages.Add(batch.Count);
        metrics.Deliveries.Add(fanout.Emit(batch));
        Committed?.Invoke(batch);
    }

    private void Remember(List<PendingMessage> batch)
    {
        lock (gate)
        {
            foreach (var m in batch)
                if (m.ClientId is { } clientId && recent.TryGetValue(m.Sender.Session, out var ids))
                    ids.Commit(m.RecentSlot, RecentIds.HashOf(clientId), m.Logged!.Seq);
        }
    }

    /// <summary>Reads where the log ends, and shows what is in it but was never shown.</summary>
    private async Task OpenAsync()
    {
        last = (await log.RangeAsync(id, CancellationToken.None)).Last;
        if (!hasStarted) fanout.StartAt(last);
        hasStarted = true;
        while (fanout.Cursor < last)
            fanout.EmitMissed(await log.ReadAfterAsync(id, fanout.Cursor, ProtocolLimits.HistoryMax, CancellationToken.None));
        lock (gate)
        {
            isOpen = true;
            ready?.SetResult();
            ready = null;
        }
    }

    private void Fail(List<PendingMessage> batch, string code, Exception cause)
    {
        lock (gate)
        {
            isOpen = false;
            recent.Clear();
            // Never "refused": what is asked for may be in the log, as nobody can look.
            ready?.SetException(new LogOutcomeUnknownException("The log of this conversation cannot be opened.", cause));
            _ = ready?.Task.Exception; // perhaps nobody waits for it
            // Open again at once: what was committed after all is to be shown, though nobody may write for long.
            ready = batch.Count > 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        }
        foreach (var m in batch)
        {
            if (m.Outcome is { } outcome) outcome.SetResult(code);
            else m.Sender.Connection.Outbox.Reply(new DaemonFrame.Error(code, m.Sender.Sentence(code), (fanout.Address as RoomAddress)?.Room) { Id = m.ClientId });
        }
    }

    private async ValueTask<LoggedMessage?> SearchAsync(Sender sender, string clientId, CancellationToken cancellation)
    {
        while (true)
        {
            await ReadyAsync();
            if (Look(sender.Session, clientId) is not { } seqs) await LoadAsync(sender, cancellation);
            else if (!seqs.Contains(RecentIds.InFlight)) return await FirstLoggedAsync(sender.Session, clientId, seqs, cancellation);
            else if (sender.Appends.IsEmpty) Unload(sender.Session); // nothing is on its way, so the log knows better
            else await sender.Appends.WhenEmpty().WaitAsync(cancellation);
        }
    }

    /// <summary>Null where the session's ids are not loaded.</summary>
    private IReadOnlyList<long>? Look(long session, string clientId)
    {
        lock (gate)
        {
            return isOpen && recent.TryGetValue(session, out var ids) ? ids.Find(RecentIds.HashOf(clientId)) : null;
        }
    }

    private void Unload(long session)
    {
        lock (gate)
        {
            recent.Remove(session);
        }
    }

    private async ValueTask<LoggedMessage?> FirstLoggedAsync(long session, string clientId, IReadOnlyList<long> seqs, CancellationToken cancellation)
    {
        foreach (var seq in seqs)
            if (await VerifyAsync(session, clientId, seq, cancellation) is { } logged) return logged;
        return null;
    }

    /// <summary>Reads the session's ids. None of its messages may be on its way: it would be in neither.</summary>
    private async Task LoadAsync(Sender sender, CancellationToken cancellation)
    {
        await sender.Appends.WhenEmpty().WaitAsync(cancellation);
        var ids = new RecentIds(await log.RecentIdsAsync(id, sender.Session, ProtocolLimits.RememberedIds, cancellation)) { TouchedAt = time.GetTimestamp() };
        lock (gate)
        {
            recent[sender.Session] = ids;
        }
    }

    /// <summary>A removed message keeps its number: its echo says that it is erased. Null where two ids have one hash.</summary>
    private async ValueTask<LoggedMessage?> VerifyAsync(long session, string clientId, long seq, CancellationToken cancellation)
    {
        var page = await log.ReadAfterAsync(id, seq - 1, 1, cancellation);
        var found = page.Count > 0 ? page[0] : null;
        if (found?.Seq != seq) return new LoggedMessage(seq, "", "", time.GetUtcNow().ToUnixTimeMilliseconds(), session, clientId, Erased: true);
        return found.Session == session && found.ClientId == clientId ? found : null;
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Conversation {Conversation}: {Count} messages refused, they are not in the log")]
    private static partial void LogRefused(ILogger logger, long conversation, int count, Exception cause);

    [LoggerMessage(EventId = 302, Level = LogLevel.Error, Message = "Conversation {Conversation}: outcome of {Count} messages unknown, reading the log again")]
    private static partial void LogUnknown(ILogger logger, long conversation, int count, Exception cause);
}
