using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Numbers the messages of one conversation, and puts their changes in order with them. Both wait in a queue. One runner at a time takes
/// all that wait as a batch, numbers and appends it, and hands it to the fan-out once it is committed. After an append that failed, or
/// whose outcome is unknown, nothing is guessed: the last numbers and the recent ids are read from the log again. Safe from any thread.
/// </summary>
internal sealed class Sequencer(ConversationLog log, Fanout fanout, SequencerReports reports, SteadyTime time) : IThreadPoolWorkItem
{
    /// <summary>Client ids of a session leave memory once it has been silent for this long. They are still in the log.</summary>
    private static readonly TimeSpan RecentTime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Estimated bytes of a batch: a fraction of what an outbox holds, so that one batch never overflows a client that reads.
    /// </summary>
    private const int BatchBytes = 1 << 18;

    private readonly LogRecovery recovery = new(log, reports, time);

    /// <summary>Guards the fields below. Nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private readonly Dictionary<long, RecentIds> recent = [];
    private List<PendingAppend> waiting = [];
    private TaskCompletionSource? ready;
    private TaskCompletionSource? paused;
    private bool isRunning;
    private bool isAppending;
    private bool isOpen;
    private bool isClosed;

    /// <summary>The last number given. Used by the runner alone.</summary>
    private long last;

    /// <summary>The time of the last message. A clock that is set back makes the next ones wait there. Used by the runner alone.</summary>
    private long lastAtMs;
    private bool hasStarted;

    /// <summary>The reactor of the last sender, on which batches are delivered; null as long as there is none.</summary>
    private volatile Turn? turn;

    /// <summary>Null for a direct conversation.</summary>
    private string? Room => (fanout.Address as RoomAddress)?.Room;

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

    /// <summary>Called by the runner once a batch is stored, before it is delivered. Must be quick and must not throw.</summary>
    public Action<IReadOnlyList<PendingAppend>>? Stored { get; init; }

    /// <summary>Called by the runner after a batch has been delivered. Must be quick and must not throw.</summary>
    public Action<IReadOnlyList<PendingAppend>>? Committed { get; init; }

    /// <summary>Queues the message or the change. Its echo or its refusal follows when the outcome is known.</summary>
    public void Append(PendingAppend append)
    {
        append.Sender.Appends.Begin(append);
        if (!TryQueue(append)) Refuse(append, new Refusal(RefusalCode.NotInRoom, Room));
    }

    /// <summary>Completes when the log is open and all its messages have been delivered. Throws what opening it threw.</summary>
    public Task ReadyAsync()
    {
        lock (gate)
        {
            if (isOpen || isClosed) return Task.CompletedTask;
            ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Start();
            return ready.Task;
        }
    }

    /// <summary>
    /// The message or the change that the session sent with this id before, if it is still remembered. Waits while it is in flight.
    /// </summary>
    public ValueTask<LogEntry?> FindAsync(Sender sender, string clientId, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (isOpen && recent.TryGetValue(sender.Session, out var ids) && !ids.Contains(RecentIds.HashOf(clientId)))
            {
                ids.TouchedAt = time.GetTimestamp();
                return ValueTask.FromResult<LogEntry?>(null);
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

    /// <summary>Completes when no append is in flight and none begins, until <see cref="Resume"/> or <see cref="Close"/>.</summary>
    public Task PauseAsync()
    {
        lock (gate)
        {
            paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!isRunning) paused.TrySetResult();
            return paused.Task;
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            paused = null;
            if (waiting.Count > 0 || ready is not null) Start();
        }
    }

    /// <summary>The conversation is deleted: refuses what waits and what comes. Only while it is paused.</summary>
    public void Close()
    {
        List<PendingAppend> refused;
        lock (gate)
        {
            isClosed = isOpen = true;
            (refused, waiting) = (waiting, []);
            ready?.SetResult();
            ready = null;
        }
        foreach (var append in refused) Refuse(append, new Refusal(RefusalCode.NotInRoom, Room));
    }

    /// <summary>Refuses all messages from now on, unless some are queued or in flight.</summary>
    public bool TryClose()
    {
        lock (gate)
        {
            // A runner that has opened the log and not ended yet does no harm.
            if (isAppending || waiting.Count > 0 || ready is not null) return false;
            return isClosed = isOpen = true;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private bool TryQueue(PendingAppend append)
    {
        lock (gate)
        {
            if (isClosed) return false;
            if (append.ClientId is { } clientId && recent.TryGetValue(append.Sender.Session, out var ids))
                append.RecentSlot = ids.Put(RecentIds.HashOf(clientId), RecentIds.InFlight);
            waiting.Add(append);
            if (Turn.Current is { } home) turn = home;
            Start();
            return true;
        }
    }

    private void Start()
    {
        if (isRunning || paused is not null) return;
        isRunning = true;
        Turn.Queue(this);
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                if (!isOpen)
                {
                    await Task.Yield(); // opening reads the database; this may be the writer's thread
                    await OpenAsync();
                    if (turn is { } home) await home;
                }
                if (batch.Count > 0) await AppendAsync(batch);
            }
            catch (LogRefusedException e)
            {
                reports.AppendRefused(log.Id, batch.Count, e);
                Fail(batch, Refusal.OfStorage(e, Room, isMessage: true)!, e);
            }
            catch (Exception e)
            {
                reports.AppendUnknown(log.Id, batch.Count, e); // whatever failed, the log decides
                Fail(batch, new Refusal(RefusalCode.Unavailable, Room), e);
            }
            foreach (var append in batch)
            {
                append.Sender.Appends.Complete(append);
                append.Outcome?.TrySetResult(append.RefusalIn(Room)); // a failed one has its result already
            }
        }
    }

    private List<PendingAppend>? Take()
    {
        lock (gate)
        {
            isAppending = false;
            if (paused is not null || (waiting.Count == 0 && (ready is null || isOpen)))
            {
                isRunning = false;
                paused?.TrySetResult();
                return null;
            }
            isAppending = waiting.Count > 0;
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

    private async Task AppendAsync(List<PendingAppend> batch)
    {
        lastAtMs = Math.Max(lastAtMs, time.TimeOfDay.ToUnixTimeMilliseconds());
        var next = last;
        var entries = new List<LogEntry>(batch.Count);
        foreach (var append in batch) entries.Add(append.ToEntry(append is PendingMessage ? ++next : 0, lastAtMs));
        var appending = log.Messages.AppendAsync(log.Id, entries);
        var isStored = appending.IsCompleted; // then this thread goes on
        var outcomes = await appending;
        if (!isStored && turn is { } home) await home;
        reports.Committed((int)(next - last), Complete(batch, outcomes));
        last = next;
        Remember(batch);
        Stored?.Invoke(batch);
        reports.Delivered(fanout.Emit(batch), batch[0].Age);
        Committed?.Invoke(batch);
    }

    /// <returns>How many changes were applied.</returns>
    private static int Complete(List<PendingAppend> batch, IReadOnlyList<ChangeOutcome> outcomes)
    {
        if (outcomes.Count == 0) return 0;
        var (next, applied) = (0, 0);
        foreach (var change in batch.OfType<PendingChange>())
        {
            change.Complete(outcomes[next++]);
            if (change.Decided.Rev is not null) applied++;
        }
        return applied;
    }

    private void Remember(List<PendingAppend> batch)
    {
        lock (gate)
        {
            foreach (var append in batch)
            {
                if (append.ClientId is not { } clientId || !recent.TryGetValue(append.Sender.Session, out var ids)) continue;
                if (append.Number is { } number) ids.Commit(append.RecentSlot, RecentIds.HashOf(clientId), number);
                else ids.Free(append.RecentSlot, RecentIds.HashOf(clientId));
            }
        }
    }

    /// <summary>Reads where the log ends, and delivers what is in it but was never delivered.</summary>
    private async Task OpenAsync()
    {
        var range = await log.Messages.RangeAsync(log.Id, CancellationToken.None);
        last = range.Last;
        if (last > 0 && await recovery.ReadAsync(last, CancellationToken.None) is { } latest) lastAtMs = Math.Max(lastAtMs, latest.AtMs);
        if (!hasStarted) fanout.StartAt(last, range.Rev);
        hasStarted = true;
        while (fanout.Cursor < last)
        {
            var missed = await recovery.ReadFromAsync(fanout.Cursor + 1);
            fanout.EmitMissed([.. missed.Select(fanout.Address.Frame)], missed[^1].Seq, null);
        }
        if (fanout.RevCursor < range.Rev) await EmitMissedChangesAsync(range.Rev);
        lock (gate)
        {
            isOpen = true;
            ready?.SetResult();
            ready = null;
        }
    }

    private async Task EmitMissedChangesAsync(long rev)
    {
        IReadOnlyList<LoggedChange> missed;
        while ((missed = await recovery.ChangesFromAsync(fanout.RevCursor + 1)).Count > 0)
            fanout.EmitMissed([.. missed.Select(fanout.Address.Frame)], null, missed[^1].Rev);
        fanout.EmitMissed([], null, Math.Max(rev, fanout.RevCursor));
    }

    private void Fail(List<PendingAppend> batch, Refusal refusal, Exception cause)
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
        foreach (var append in batch) Answer(append, refusal);
    }

    /// <summary>Refuses what was never taken up.</summary>
    private static void Refuse(PendingAppend append, Refusal refusal)
    {
        Answer(append, refusal);
        append.Sender.Appends.Complete(append);
    }

    private static void Answer(PendingAppend refused, Refusal refusal)
    {
        if (refused.Outcome is { } outcome) outcome.SetResult(refusal);
        else refused.Sender.Connection?.Outbox.Reply(ErrorFor(refused, refusal));
    }

    private static DaemonFrame.Error ErrorFor(PendingAppend append, Refusal refusal) =>
        new(refusal.Code, append.Sender.Sentence(refusal), refusal.Room) { Id = append.ClientId };

    private async ValueTask<LogEntry?> SearchAsync(Sender sender, string clientId, CancellationToken cancellation)
    {
        while (true)
        {
            await ReadyAsync();
            if (Look(sender.Session, clientId) is not { } numbers) await LoadAsync(sender, cancellation);
            else if (!numbers.Contains(RecentIds.InFlight)) return await FirstLoggedAsync(sender.Session, clientId, numbers, cancellation);
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

    private async ValueTask<LogEntry?> FirstLoggedAsync(
        long session, string clientId, IReadOnlyList<long> numbers, CancellationToken cancellation)
    {
        foreach (var number in numbers)
            if (await recovery.VerifyAsync(session, clientId, number, cancellation) is { } logged) return logged;
        return null;
    }

    /// <summary>Reads the session's ids once none of its messages is in flight: such a message would be missing.</summary>
    private async Task LoadAsync(Sender sender, CancellationToken cancellation)
    {
        await sender.Appends.WhenEmpty().WaitAsync(cancellation);
        var known = await log.Messages.RecentIdsAsync(log.Id, sender.Session, ProtocolLimits.RememberedIds, cancellation);
        var ids = new RecentIds(known) { TouchedAt = time.GetTimestamp() };
        lock (gate)
        {
            recent[sender.Session] = ids;
        }
    }
}
