using Chat.Protocol;

namespace Chat.Client;

/// <summary>What outlives a connection: the questions, the messages without an echo, how far each conversation was handed over. Writers take turns at one gate.</summary>
internal sealed class Session : IDisposable
{
    private readonly ChatClientOptions options;
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim slots = new(QuestionsAtOnce, QuestionsAtOnce);
    private readonly Demand demand = new();
    private readonly MessageIds ids = new();
    private readonly QuestionTable questions;
    private TaskCompletionSource online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Link? link;

    /// <summary>Questions that may be open at once; who asks more waits.</summary>
    private const int QuestionsAtOnce = 100;

    public Session(ChatClientOptions options)
    {
        this.options = options;
        questions = new QuestionTable(ids, demand);
        Events = new EventQueue(options.EventCapacity, demand);
        Inbox = new Inbox(Events, closing.Token);
        Outbound = new Outbound(options, ids, demand, closing.Token);
    }

    public EventQueue Events { get; }

    public Inbox Inbox { get; }

    public Outbound Outbound { get; }

    /// <summary>Told by the receive loop, before the reply of the command that caused the change is seen. Must not block.</summary>
    public Action<RoomChange>? RoomChanged { get; set; }

    public CancellationToken Closing => closing.Token;

    /// <summary>Why there is no session any more; null while there is.</summary>
    public Refusal? Ended { get; private set; }

    /// <summary>Whether a command was sent on the present connection and not answered yet.</summary>
    public bool RunsCommand => questions.HasCommand;

    /// <summary>A connection is logged in: takes up where the last one broke. First what makes us a member, then everything else.</summary>
    public async Task AttachAsync(Link fresh, bool isResumed)
    {
        await writing.WaitAsync(closing.Token).ConfigureAwait(false);
        try
        {
            link = fresh;
            Outbound.Rewind();
            if (isResumed)
                foreach (var join in Inbox.Rejoins()) await RejoinAsync(fresh, join).ConfigureAwait(false);
            online.TrySetResult();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The connection broke. What may be asked again will be; a command's outcome is not known.</summary>
    public async Task DetachAsync()
    {
        if (link is { } lost) await lost.DisposeAsync().ConfigureAwait(false); // whoever is writing stops
        await writing.WaitAsync(closing.Token).ConfigureAwait(false);
        link = null;
        if (online.Task.IsCompleted) online = new(TaskCreationOptions.RunContinuationsAsynchronously);
        writing.Release();
        questions.LoseAll();
    }

    /// <summary>The daemon's answer or refusal.</summary>
    /// <param name="repeats">Whether it may be asked again after a lost connection or <c>rate_limited</c>. False for commands: then null says that the outcome is unknown.</param>
    public async Task<DaemonFrame?> AskAsync(ClientFrame frame, bool repeats, CancellationToken ct)
    {
        await slots.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            for (var retries = 0; ; retries++)
            {
                var answer = await AskOnceAsync(frame, ct).ConfigureAwait(false);
                if (!repeats || Ended is not null) return answer;
                if (answer is DaemonFrame.Error { Code: RefusalCode.RateLimited, RetryAfter: { } wait } && retries < options.Retries)
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), options.Time, ct).ConfigureAwait(false);
                else if (answer is not null)
                    return answer;
            }
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>An answer or an error that somebody waits for.</summary>
    public bool TryAnswer(DaemonFrame given)
    {
        if (!questions.TryTake(given, out var question)) return false;
        question.Complete(given);
        return true;
    }

    /// <summary>Joins a room without waiting for the answer; for the receive loop and for resuming.</summary>
    public void JoinAgain(string room, long after)
    {
        var join = new ClientFrame.Join(room, after);
        _ = SettleJoinAsync(join, AskAsync(join, repeats: true, closing.Token));
    }

    /// <summary>Runs until the session ends: sends what is due, line by line.</summary>
    public async Task PumpAsync()
    {
        while (true)
        {
            var line = await Outbound.NextDueAsync(closing.Token).ConfigureAwait(false);
            await writing.WaitAsync(closing.Token).ConfigureAwait(false);
            try
            {
                if (link is not { } present) Outbound.Rest(line);
                else if (Outbound.Take(line) is { IsEmpty: false } bytes) await present.WriteAsync(bytes).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    /// <summary>Pings unless somebody is writing anyway. Never waits for its turn.</summary>
    public async Task TryPingAsync()
    {
        if (!await writing.WaitAsync(0).ConfigureAwait(false)) return;
        try
        {
            if (link is { } present && FrameBytes.TryEncode(new ClientFrame.Ping(), out var bytes)) await present.WriteAsync(bytes).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Nothing more is sent or awaited; the events end. May be called more than once.</summary>
    public void End(string reason, string text)
    {
        Ended ??= new Refusal(ClientCode.SessionEnded, text.Length > 0 ? text : $"The session ended: {reason}.");
        Events.End(new ChatEvent.SessionEnded(reason, text));
        Outbound.End(Ended);
        questions.LoseAll();
        online.TrySetResult();
    }

    /// <summary>Returns once the session is over: the answer is its <c>bye</c>.</summary>
    public async Task LogoutAsync(CancellationToken ct) => await AskAsync(new ClientFrame.Logout(), repeats: true, ct).ConfigureAwait(false);

    public async Task CloseAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        if (link is { } present) await present.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => closing.Dispose();

    private async Task<DaemonFrame?> AskOnceAsync(ClientFrame frame, CancellationToken ct)
    {
        var question = await WriteQuestionAsync(frame, ct).ConfigureAwait(false);
        if (question is null) return new DaemonFrame.Error(Ended!.Code, Ended.Text);
        try
        {
            return await question.Answer.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            questions.Forget(question);
        }
    }

    /// <summary>Null where the session ended.</summary>
    private async Task<Question?> WriteQuestionAsync(ClientFrame frame, CancellationToken ct)
    {
        while (true)
        {
            await online.Task.WaitAsync(ct).ConfigureAwait(false);
            await writing.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                if (Ended is not null) return null;
                if (link is { } present) return await WriteQuestionAsync(present, frame).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    private async Task<Question> WriteQuestionAsync(Link present, ClientFrame frame)
    {
        var question = questions.Add(frame);
        if (FrameBytes.TryEncode(question.Frame, out var bytes)) await present.WriteAsync(bytes).ConfigureAwait(false);
        else TryAnswer(new DaemonFrame.Error(FrameBytes.TooLong.Code, FrameBytes.TooLong.Text) { Id = question.Id });
        return question;
    }

    private async Task RejoinAsync(Link fresh, ClientFrame.Join join)
    {
        var question = await WriteQuestionAsync(fresh, join).ConfigureAwait(false);
        _ = SettleJoinAsync(join, question.Answer);
    }

    /// <summary>A lost connection is no refusal: the next one joins again.</summary>
    private async Task SettleJoinAsync(ClientFrame.Join join, Task<DaemonFrame?> asked)
    {
        try
        {
            var answer = await asked.ConfigureAwait(false);
            if (answer is DaemonFrame.Error { Code: RefusalCode.RateLimited, RetryAfter: { } wait })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(wait), options.Time, closing.Token).ConfigureAwait(false);
                answer = await AskAsync(join, repeats: true, closing.Token).ConfigureAwait(false);
            }
            if (answer is not DaemonFrame.Error refusal || Ended is not null || !Inbox.Forget(Conversation.Room(join.Room))) return;
            RoomChanged?.Invoke(new RoomChange(join.Room, IsIn: false, IsAsked: false));
            Events.PostOrSkip(new ChatEvent.LeftRoom(join.Room, refusal.Code));
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            Inbox.Forget(Conversation.Room(join.Room)); // nobody is left to be told
        }
    }
}
