using System.Runtime.CompilerServices;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The state that outlives a connection: requests, unacknowledged messages and changes, cursors. Writers take turns.</summary>
internal sealed class Session : IDisposable
{
    private readonly ChatClientOptions options;
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim slots = new(MaxPendingRequests, MaxPendingRequests);
    private readonly AnswerWaiters waiters = new();
    private readonly MessageIds ids = new();
    private readonly PendingRequests requests;
    private TaskCompletionSource online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Connection? connection;

    /// <summary>Unanswered requests at once; more wait.</summary>
    private const int MaxPendingRequests = 100;

    public Session(ChatClientOptions options)
    {
        this.options = options;
        requests = new PendingRequests(ids, waiters);
        Events = new EventQueue(options.EventCapacity, waiters);
        Outbound = new Outbound(options, ids, waiters, closing.Token);
        Inbox = new Inbox(Events, Outbound, closing.Token);
        Typing = new TypingTable(Events, options.Time);
    }

    public EventQueue Events { get; }

    public Inbox Inbox { get; }

    public Outbound Outbound { get; }

    public TypingTable Typing { get; }

    public CopyTable Copies { get; } = new();

    /// <summary>Told by the receive loop, before the reply of the command that caused the change is seen. Must not block.</summary>
    public Action<RoomChange>? RoomChanged { get; set; }

    /// <summary>Called when the list of commands may have changed. Must not block.</summary>
    public Action? CommandsChanged { get; set; }

    public CancellationToken Closing => closing.Token;

    /// <summary>Why the session ended; null while it lives.</summary>
    public Refusal? Ended { get; private set; }

    /// <summary>Whether a command on the current connection awaits its answer.</summary>
    public bool RunsCommand => requests.HasCommand;

    /// <summary>Continues on a new, logged-in connection: first the joins, then everything else.</summary>
    public async Task AttachAsync(Connection fresh, bool isResumed)
    {
        await writing.WaitAsync(closing.Token).ConfigureAwait(false);
        try
        {
            connection = fresh;
            var joins = isResumed ? Inbox.Rejoins() : [];
            Outbound.Rewind(joins.Select(j => Conversation.Room(j.Room)));
            foreach (var join in joins) await RejoinAsync(fresh, join).ConfigureAwait(false);
            online.TrySetResult();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The connection broke. Requests that may be repeated are; the outcome of a command is unknown.</summary>
    public async Task DetachAsync()
    {
        if (connection is { } lost) await lost.DisposeAsync().ConfigureAwait(false); // stops a writer
        await writing.WaitAsync(closing.Token).ConfigureAwait(false);
        connection = null;
        if (online.Task.IsCompleted) online = new(TaskCreationOptions.RunContinuationsAsynchronously);
        writing.Release();
        requests.LoseAll();
        Typing.ForgetAll();
    }

    /// <summary>The daemon's answer or refusal.</summary>
    /// <param name="repeats">
    /// Whether to repeat the request after a lost connection or <c>rate_limited</c>. False for commands: null then means that the outcome
    /// is unknown.
    /// </param>
    public async Task<DaemonFrame?> AskAsync(ClientFrame frame, bool repeats, CancellationToken ct)
    {
        await slots.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            for (var retries = 0; ; retries++)
            {
                var answer = await AskOnceAsync(frame, ct).ConfigureAwait(false);
                if (!repeats) return answer;
                var pause = WaitOf(answer);
                if (Ended is not null) return pause is null ? answer : null; // what would be asked again has no answer
                if (pause is { } wait && retries < options.Retries)
                    await PauseAsync(wait, ct).ConfigureAwait(false);
                else if (answer is not null)
                    return answer;
            }
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>The join that the frame answers; null if there was none.</summary>
    public ClientFrame.Join? Asked(DaemonFrame.Joined joined) => requests.Find(joined.Id) as ClientFrame.Join;

    /// <summary>
    /// Handles a page of history, before any frame that came after it: if a copy of a direct conversation begins with the page, the
    /// conversation is followed from there.
    /// </summary>
    public void Take(DaemonFrame.History page)
    {
        if (requests.Find(page.Id) is not ClientFrame.History { With: { } user, After: null, Before: null, RepliesTo: null }) return;
        if (Copies.Has(Conversation.With(user))) Inbox.Follow(Conversation.With(user), page);
    }

    /// <summary>Passes an answer or an error to its caller. False if nobody awaits it.</summary>
    public bool TryAnswer(DaemonFrame given)
    {
        if (!requests.TryTake(given, out var request)) return false;
        request.Complete(given);
        return true;
    }

    /// <summary>Joins a room without awaiting the answer, for the receive loop.</summary>
    public void JoinAgain(string room, long after)
    {
        var join = new ClientFrame.Join(room, after);
        _ = SettleJoinAsync(join, AskAsync(join, repeats: true, closing.Token));
    }

    /// <summary>Forgets the rooms that another device has left meanwhile, or that the account may no longer enter.</summary>
    public void LeaveElsewhere(DaemonFrame.Welcome welcome)
    {
        if (welcome.Unread is not { } listed || welcome.IsGuest) return; // an older daemon, or a guest, has no list
        var kept = listed.Select(entry => Conversation.Room(entry.Room)).ToHashSet();
        foreach (var room in Inbox.JoinedRooms.Where(room => !kept.Contains(Conversation.Room(room))))
        {
            if (!Inbox.Forget(Conversation.Room(room))) continue;
            RoomChanged?.Invoke(new RoomChange(room, IsIn: false, IsAsked: false));
            Events.PostOrSkip(new ChatEvent.LeftRoom(room, LeftReason.Elsewhere));
        }
    }

    /// <summary>Sends what is due until the session ends.</summary>
    public async Task PumpAsync()
    {
        while (true)
        {
            var line = await Outbound.NextDueAsync(closing.Token).ConfigureAwait(false);
            await writing.WaitAsync(closing.Token).ConfigureAwait(false);
            try
            {
                if (connection is not { } present) Outbound.Rest(line);
                else if (Outbound.Take(line) is { IsEmpty: false } bytes) await present.WriteAsync(bytes).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    /// <summary>Pings, unless another write is in progress.</summary>
    public async Task TryPingAsync()
    {
        if (!await writing.WaitAsync(0).ConfigureAwait(false)) return;
        try
        {
            if (connection is { } present && FrameEncoder.TryEncode(new ClientFrame.Ping(), out var bytes))
                await present.WriteAsync(bytes).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Writes a frame that has no answer. Drops it without a connection.</summary>
    public async Task TellAsync(ClientFrame frame, CancellationToken ct)
    {
        await writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (connection is { } present && FrameEncoder.TryEncode(frame, out var bytes))
                await present.WriteAsync(bytes).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    public async IAsyncEnumerable<ChatEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var e in Events.ReadAsync(ct).ConfigureAwait(false))
        {
            Copies.Apply(e);
            yield return e;
        }
    }

    /// <summary>Ends the session: refuses what is pending and ends the events. Only the first call counts.</summary>
    public void End(string reason, string text)
    {
        Ended ??= new Refusal(ClientCode.SessionEnded, text.Length > 0 ? text : $"The session ended: {reason}.");
        Events.End(new ChatEvent.SessionEnded(reason, text));
        Outbound.End(Ended);
        requests.LoseAll();
        online.TrySetResult();
    }

    /// <summary>Returns when the session is over: <c>bye</c> is the answer.</summary>
    public async Task LogoutAsync(CancellationToken ct) =>
        await AskAsync(new ClientFrame.Logout(), repeats: true, ct).ConfigureAwait(false);

    public async Task CloseAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        if (connection is { } present) await present.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        Typing.Dispose();
        closing.Dispose();
    }

    /// <summary>Ends early with the session.</summary>
    private async Task PauseAsync(TimeSpan wait, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token);
        await Task.Delay(wait, options.Time, both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>How long to wait before the request is repeated; null for any other answer.</summary>
    private static TimeSpan? WaitOf(DaemonFrame? answer) =>
        answer is DaemonFrame.Error { Code: RefusalCode.RateLimited } error ? Refusal.WaitOf(error) : null;

    private async Task<DaemonFrame?> AskOnceAsync(ClientFrame frame, CancellationToken ct)
    {
        var request = await WriteRequestAsync(frame, ct).ConfigureAwait(false);
        if (request is null) return new DaemonFrame.Error(Ended!.Code, Ended.Text);
        try
        {
            return await request.Answer.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            requests.Forget(request);
        }
    }

    /// <summary>Null if the session ended.</summary>
    private async Task<PendingRequest?> WriteRequestAsync(ClientFrame frame, CancellationToken ct)
    {
        while (true)
        {
            await online.Task.WaitAsync(ct).ConfigureAwait(false);
            await writing.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                if (Ended is not null) return null;
                if (connection is { } present) return await WriteRequestAsync(present, frame).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    private async Task<PendingRequest> WriteRequestAsync(Connection present, ClientFrame frame)
    {
        var request = requests.Add(frame);
        if (FrameEncoder.TryEncode(request.Frame, out var bytes)) await present.WriteAsync(bytes).ConfigureAwait(false);
        else TryAnswer(new DaemonFrame.Error(FrameEncoder.TooLong.Code, FrameEncoder.TooLong.Text) { Id = request.Id });
        return request;
    }

    private async Task RejoinAsync(Connection fresh, ClientFrame.Join join)
    {
        var request = await WriteRequestAsync(fresh, join).ConfigureAwait(false);
        _ = SettleJoinAsync(join, request.Answer);
    }

    /// <summary>After a lost connection the next one joins again; after a refusal the room is gone.</summary>
    private async Task SettleJoinAsync(ClientFrame.Join join, Task<DaemonFrame?> asked)
    {
        try
        {
            var answer = await asked.ConfigureAwait(false);
            if (WaitOf(answer) is { } wait)
            {
                await Task.Delay(wait, options.Time, closing.Token).ConfigureAwait(false);
                answer = await AskAsync(join, repeats: true, closing.Token).ConfigureAwait(false);
            }
            if (answer is not DaemonFrame.Error refusal || Ended is not null || !Inbox.Forget(Conversation.Room(join.Room))) return;
            RoomChanged?.Invoke(new RoomChange(join.Room, IsIn: false, IsAsked: false));
            Events.PostOrSkip(new ChatEvent.LeftRoom(join.Room, refusal.Code));
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            Inbox.Forget(Conversation.Room(join.Room)); // nobody reads events any more
        }
    }
}
