using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Numbers the messages of one conversation. Messages wait in a queue. One runner at a time takes all that wait as a batch, numbers and
/// appends it, and hands it to the fan-out once it is committed. After an append that failed, or whose outcome is unknown, nothing is
/// guessed: the last number and the recent ids are read from the log again. Safe from any thread.
/// </summary>
internal sealed class Sequencer(
    ConversationId id, IMessageLog log, Fanout fanout, SequencerReports reports, TimeProvider time) : IThreadPoolWorkItem
{
    /// <summary>Client ids of a session leave memory once it has been silent for this long. They are still in the log.</summary>
    private static readonly TimeSpan RecentTime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Estimated bytes of a batch: a fraction of what an outbox holds, so that one batch never overflows a client that reads.
    /// </summary>
    private const int BatchBytes = 1 << 18;

    private readonly LogRecovery recovery = new(id, log, reports, time);

    /// <summary>Guards the fields below. Nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<long, RecentIds> recent = [];
    private List<PendingMessage> waiting = [];
    private TaskCompletionSource? ready;
    private bool isRunning;
    private bool isOpen;

    /// <summary>The last number given. Used by the runner alone.</summary>
    private long last;
    private bool hasStarted;

    /// <summary>Whether nothing is queued or in flight.</summary>
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

    /// <summary>Called by the runner after a batch has been delivered. Must be quick and must not throw.</summary>
    public Action<IReadOnlyList<PendingMessage>>? Committed { get; init; }

    /// <summary>Queues the message. Its echo or its refusal follows when the outcome is known.</summary>
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

    /// <summary>Completes when the log is open and all its messages have been delivered. Throws what opening it threw.</summary>
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

    /// <summary>
    /// The message that the session sent with this id before, if it is still remembered. Waits while that message is in flight.
    /// </summary>
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

    public void ForgetSilentSessions()
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
                reports.AppendRefused(id, batch.Count, e);
                Fail(batch, RefusalCode.Storage, e);
            }
            catch (Exception e)
            {
                reports.AppendUnknown(id, batch.Count, e); // whatever failed, the log decides
                Fail(batch, RefusalCode.Unavailable, e);
            }
            foreach (var message in batch)
            {
                message.Sender.Appends.Complete(message);
                message.Outcome?.TrySetResult(null); // a failed one has its result already
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
        reports.Committed(batch.Count, fanout.Emit(batch));
        Committed?.Invoke(batch);
    }

    private void Remember(List<PendingMessage> batch)
    {
        lock (gate)
        {
            foreach (var m in batch)
            {
                if (m.ClientId is { } clientId && recent.TryGetValue(m.Sender.Session, out var ids))
                    ids.Commit(m.RecentSlot, RecentIds.HashOf(clientId), m.Logged!.Seq);
            }
        }
    }

    /// <summary>Reads where the log ends, and delivers messages that are in it but were never delivered.</summary>
    private async Task OpenAsync()
    {
        last = (await log.RangeAsync(id, CancellationToken.None)).Last;
        if (!hasStarted) fanout.StartAt(last);
        hasStarted = true;
        while (fanout.Cursor < last) fanout.EmitMissed(await recovery.ReadFromAsync(fanout.Cursor + 1));
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
            // Never "refused": nobody can read the log, so the message may be in it.
            ready?.SetException(new LogOutcomeUnknownException("The log of this conversation cannot be opened.", cause));
            _ = ready?.Task.Exception; // observed, in case nobody waits for it
            // Open the log again at once: what was committed after all must be delivered, even if nobody writes for a while.
            ready = batch.Count > 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        }
        foreach (var m in batch)
        {
            if (m.Outcome is { } outcome) outcome.SetResult(code);
            else m.Sender.Connection.Outbox.Reply(ErrorFor(m, code, cause));
        }
    }

    private DaemonFrame.Error ErrorFor(PendingMessage message, string code, Exception cause)
    {
        var sentence = message.Sender.Sentence(DiskFull.Is(cause) ? Refusal.DiskFullText : code);
        return new(code, sentence, (fanout.Address as RoomAddress)?.Room) { Id = message.ClientId };
    }

    private async ValueTask<LoggedMessage?> SearchAsync(Sender sender, string clientId, CancellationToken cancellation)
    {
        while (true)
        {
            await ReadyAsync();
            if (Look(sender.Session, clientId) is not { } seqs) await LoadAsync(sender, cancellation);
            else if (!seqs.Contains(RecentIds.InFlight)) return await FirstLoggedAsync(sender.Session, clientId, seqs, cancellation);
            else if (sender.Appends.IsEmpty) Unload(sender.Session); // nothing is in flight, so the log decides
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

    private async ValueTask<LoggedMessage?> FirstLoggedAsync(
        long session, string clientId, IReadOnlyList<long> seqs, CancellationToken cancellation)
    {
        foreach (var seq in seqs)
            if (await VerifyAsync(session, clientId, seq, cancellation) is { } logged) return logged;
        return null;
    }

    /// <summary>Reads the session's ids once none of its messages is in flight: such a message would be missing.</summary>
    private async Task LoadAsync(Sender sender, CancellationToken cancellation)
    {
        await sender.Appends.WhenEmpty().WaitAsync(cancellation);
        var known = await log.RecentIdsAsync(id, sender.Session, ProtocolLimits.RememberedIds, cancellation);
        var ids = new RecentIds(known) { TouchedAt = time.GetTimestamp() };
        lock (gate)
        {
            recent[sender.Session] = ids;
        }
    }

    /// <summary>A removed or damaged message keeps its number, and its echo says that it is erased.</summary>
    /// <returns>Null if the message has another id with the same hash.</returns>
    private async ValueTask<LoggedMessage?> VerifyAsync(long session, string clientId, long seq, CancellationToken cancellation)
    {
        if (await recovery.ReadAsync(seq, cancellation) is not { } found) return recovery.Erased(seq, session, clientId);
        return found.Session == session && found.ClientId == clientId ? found : null;
    }
}
