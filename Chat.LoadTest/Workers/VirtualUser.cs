using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Wire;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>One guest in one conversation. It repairs nothing on its own, so that every loss shows.</summary>
internal sealed class VirtualUser : ILinkOwner, IAsyncDisposable
{
    public const string ConnectionLost = "connection_lost";
    private const string LoginTimeout = "login_timeout";
    private static readonly TimeSpan LoginDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(100);

    /// <summary>A little longer than the daemon needs to close a connection.</summary>
    private static readonly TimeSpan LogoutDeadline = TimeSpan.FromSeconds(2);

    private readonly UserScripts scripts;
    private readonly CancellationToken stop;
    private readonly Outgoing outgoing;
    private readonly RequestMaker maker;
    private TaskCompletionSource<string?> entered = NewSource();
    private Link? link;
    private string? token, bye;
    private Resumption? resumption;
    private ConcurrentQueue<int>? refused, undecided; // rarely needed, and there are thousands of users
    private int visits, actions, losses, failures;
    private volatile bool leaving, wasRefused;

    /// <param name="stop">Ends its scripts and pauses early.</param>
    public VirtualUser(int number, ScenarioShare share, CancellationToken stop)
    {
        (Number, Share, this.stop) = (number, share, stop);
        scripts = new(stop);
        Reception = new(share, number);
        maker = new(share, number, Reception);
        outgoing = new(share, number, maker);
    }

    public int Number { get; }

    public ScenarioShare Share { get; }

    public Reception Reception { get; }

    public int Written => outgoing.Written;

    public int Waiting => outgoing.Waiting;

    public Outgoing Outgoing => outgoing;

    public long Echoed { get; private set; }

    /// <summary>Its edits and reactions that were stored.</summary>
    public long Changed { get; private set; }

    /// <summary>Answers that cannot be true.</summary>
    public long WrongAnswers { get; private set; }

    /// <summary>Visits that were due but had not begun when the run ended.</summary>
    public int SkippedScripts => scripts.Skipped;

    /// <summary>Why the connection ended early; null if it did not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Whether it is connected and in.</summary>
    public bool IsIn => !HasEnded && link is not null && entered.Task is { IsCompletedSuccessfully: true } && !wasRefused;

    public bool HasEnded => Ended is not null;

    public int Refused => (refused?.Count ?? 0) + (undecided?.Count ?? 0);

    public bool IsAnswered => outgoing.IsIdle;

    /// <summary>Its scripts, which end when the scenario does.</summary>
    public Task Script => scripts.Last;

    /// <summary>Connects and enters. Returns null, or the code of the refusal.</summary>
    public async Task<string?> EnterAsync(CancellationToken cancellation)
    {
        (entered, leaving, wasRefused, bye) = (NewSource(), false, false, null);
        using var deadline = new CancellationTokenSource(LoginDeadline, Share.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            if (resumption is null) maker.Newest = null; // another session's messages are not its own
            link = await Link.ConnectAsync(Share.DaemonOf(Number + failures), Share.Tls, this, Share.Clock, either.Token);
            outgoing.Attach(link);
            outgoing.Say(resumption is null
                ? new ClientFrame.Login(Share.NameOf(Number), Rooms: Share.RoomOf(Number) is { } room ? [room] : [], Client: "chat-load")
                : new ClientFrame.Login(Token: token, Rooms: []));
            return await entered.Task.WaitAsync(either.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            failures++;
            return ConnectionLost;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            failures++;
            return LoginTimeout;
        }
    }

    /// <summary>A planned visit begins. False if the daemon refuses it, which is counted.</summary>
    public async Task<bool> ArriveAsync(long due, CancellationToken cancellation)
    {
        var started = Share.Clock.Now;
        if (await EnterAsync(cancellation) is { } code)
        {
            Share.CouldNotEnter(code);
            await CloseAsync();
            return false;
        }
        Share.Recorder.Record(Metric.Login, due, started, Share.Clock.Now);
        StartSending();
        return true;
    }

    /// <summary>Ends a visit once everything is answered.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(outgoing.WhenIdleAsync(), link!.Reading).WaitAsync(cancellation);
        await LogoutAsync(cancellation);
        await CloseAsync();
    }

    /// <summary>
    /// Loses the connection and resumes: asks for what was missed, and sends again what was not echoed. Once begun, it goes on even if
    /// the run ends: else what it missed would count as lost.
    /// </summary>
    public async Task ReconnectAsync()
    {
        if (HasEnded || link is null) return;
        var lost = Share.Clock.Now;
        leaving = true;
        outgoing.Detach();
        link.Cut();
        await CloseAsync();
        resumption = new(Share.RoomOf(Number)!, Reception.Numbers.Complete, Reception.Changes.Complete);
        if (await EnterAsync(CancellationToken.None) is { } code)
        {
            Ended = code;
            return;
        }
        Share.Recorder.Record(Metric.Resume, lost, lost, Share.Clock.Now);
        StartSending();
    }

    /// <summary>Queues an action and writes it as soon as the connection takes it.</summary>
    public void Do(ActionKind kind, long due)
    {
        outgoing.Add(kind, due);
        outgoing.Flush();
    }

    /// <summary>Runs a script after those that were given before.</summary>
    public void Run(Func<CancellationToken, Task> next) => scripts.Run(next);

    /// <summary>Whether it is to lose its connection for the time with this number, from 1; says so once.</summary>
    public bool TakesLoss(int number)
    {
        if (number <= losses) return false;
        losses = number;
        return true;
    }

    /// <summary>Numbers the user's visits from 0.</summary>
    public int NextVisit() => visits++;

    /// <summary>Numbers the user's actions from 0, for scenarios that choose among several.</summary>
    public int NextAction() => actions++;

    /// <inheritdoc cref="RequestMaker.Possible"/>
    public ActionKind Possible(ActionKind kind) => maker.Possible(kind);

    /// <summary>Actions are written from now on.</summary>
    public void StartSending() => outgoing.Open();

    /// <summary>What is waiting is never sent.</summary>
    public void DropWaiting() => outgoing.DropWaiting();

    public void StopReading() => link?.Pause();

    /// <summary>Reads what is left after <see cref="StopReading"/>, to see whether the daemon has ended the connection.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellation)
    {
        if (link is null) return;
        link.ReadAgain();
        await link.Reading.WaitAsync(LogoutDeadline, Share.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Sends so many messages and waits for their echoes.</summary>
    public async Task FillAsync(int messages, int atOnce, CancellationToken cancellation)
    {
        StartSending();
        for (var done = 0; done < messages && !HasEnded; done += atOnce)
        {
            for (var i = done; i < Math.Min(messages, done + atOnce); i++) outgoing.Add(ActionKind.Message, Share.Clock.Now);
            outgoing.Flush();
            await Task.WhenAny(outgoing.WhenIdleAsync(), link!.Reading).WaitAsync(cancellation);
        }
    }

    /// <summary>Call it after the sending has ended.</summary>
    public SenderSummary Summarize()
    {
        int[] denied = [.. refused ?? []], unknown = [.. undecided ?? []];
        if (HasEnded) unknown = [.. Reception.Tally.Missing(Share.Scenario.SlotOf(Number), Written).Except(denied)];
        return new(Number, Written, denied, unknown);
    }

    /// <summary>Logs out, which frees the name at once. Call it after the sending has ended.</summary>
    public async Task LogoutAsync(CancellationToken cancellation)
    {
        leaving = true;
        if (link is null) return;
        outgoing.Say(new ClientFrame.Logout());
        await link.Reading.WaitAsync(LogoutDeadline, Share.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Closes the connection. Rethrows an unexpected exception of its scripts or of receiving.</summary>
    public async ValueTask DisposeAsync()
    {
        leaving = true;
        await CloseAsync();
        await Script;
    }

    bool ILinkOwner.IsWebSocket => Share.Protocol.IsWebSocket;
    bool ILinkOwner.IsSlow => Share.Scenario.MayEnd(Number);

    void ILinkOwner.TakeLine(ReadOnlySpan<byte> line, long now)
    {
        if (Share.Protocol.TryReadMessage(line, Share.Payload, out var mark, out var number)) TakeMessage(mark, number, now);
        else if (Share.Protocol.Read(line) is { } frame) TakeFrame(frame, now);
        else if (Share.Protocol.ReplyTo(line) is { Length: > 0 } reply) outgoing.Reply(reply);
    }

    void ILinkOwner.Written(Link link) => outgoing.LinkWritten(link);

    void ILinkOwner.Closed()
    {
        if (leaving) return;
        Ended = bye ?? ConnectionLost;
        outgoing.Detach();
        entered.TrySetResult(Ended);
    }

    private static TaskCompletionSource<string?> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void TakeFrame(DaemonFrame frame, long now)
    {
        switch (frame)
        {
            case DaemonFrame.Welcome welcome: TakeWelcome(welcome); break;
            case DaemonFrame.Joined joined: TakeJoined(joined, now); break;
            case DaemonFrame.History page when resumption is not null && !entered.Task.IsCompleted:
                resumption.TakePage(page.Messages, page.More);
                TakeMissed(page.Messages, now);
                break;
            case DaemonFrame.Changes page when resumption is not null && !entered.Task.IsCompleted:
                resumption.TakeChanges(page);
                TakeMissed(page.Messages, now);
                break;
            case DaemonFrame.Change change: TakeChange(change, now); break;
            case DaemonFrame.Error error: TakeRefusal(error); break;
            case DaemonFrame.Bye end: bye = end.Reason; break;
            default: TakeAnswer(frame, now); break;
        }
    }

    private void TakeWelcome(DaemonFrame.Welcome welcome)
    {
        token = welcome.Token;
        if (resumption is not null) outgoing.Say(resumption.Join());
        else if (Share.RoomOf(Number) is not { } room) entered.TrySetResult(null);
        else if (Share.Protocol is not ChatWire) outgoing.Say(new ClientFrame.Join(room));
    }

    private void TakeJoined(DaemonFrame.Joined joined, long now)
    {
        if (resumption is not null)
        {
            resumption.TakeJoined(joined);
            Reception.Changes.ResumeAt(joined.Rev);
            foreach (var message in joined.Changed ?? []) Reception.Changes.TakeListed(message);
            TakeMissed(joined.Messages, now);
            return;
        }
        if (Share.Protocol is ChatWire)
        {
            Reception.Numbers.StartAt(joined.Seq);
            Reception.Changes.StartAt(joined.Rev);
        }
        entered.TrySetResult(null);
    }

    /// <summary>A page of what was missed while disconnected.</summary>
    private void TakeMissed(IReadOnlyList<DaemonFrame.Message> messages, long now)
    {
        foreach (var message in resumption!.Missed(messages))
        {
            Reception.Changes.TakeListed(message);
            if (!Share.Payload.TryRead(message.Text, out var mark)) continue;
            if (Reception.TakeMissed(mark, message.Seq, now) && mark.Sender == Number) TakeEcho(mark, message.Seq, now);
        }
        if (resumption.Next() is { } next) outgoing.Say(next);
        else entered.TrySetResult(null);
    }

    private void TakeMessage(MessageMark mark, long number, long now)
    {
        var own = mark.Sender == Number;
        if (own && Share.Scenario.Resumes && Reception.Has(mark) && TakeEcho(mark, number, now)) return; // sent again, logged before
        if (!Reception.Take(mark, number, now)) return;
        Share.Recorder.Record(own ? Metric.Echo : Metric.Delivery, mark.Due, mark.Written, now);
        if (own) TakeEcho(mark, number, now);
    }

    /// <summary>False if the message had its echo before.</summary>
    private bool TakeEcho(in MessageMark mark, long number, long now)
    {
        if (!outgoing.Answered(mark.Counter)) return false;
        Echoed++;
        maker.Newest = new(number, mark.Counter);
        if (Share.IsLooping) Share.Scenario.Act(this, now);
        return true;
    }

    private void TakeChange(DaemonFrame.Change change, long now)
    {
        var request = outgoing.Answered(change.Id);
        var isOld = change.Rev is null || (request is { IsRepeated: true } && change.Rev <= Reception.Changes.Last);
        if (!isOld && Reception.TakeChange(change) && change.Id is null && change.Text is { } text
            && Share.Payload.TryRead(text, out var mark))
        {
            Share.Recorder.Record(Metric.ChangeDelivery, mark.Due, mark.Written, now);
        }
        if (request is null) return;
        if (change.Rev is not null) Changed++;
        EndRequest(request, now);
    }

    private void TakeAnswer(DaemonFrame frame, long now)
    {
        if (outgoing.Answered(frame.Id) is not { } request) return;
        if (maker.IsWrong(request, frame)) WrongAnswers++;
        EndRequest(request, now);
    }

    private void EndRequest(Request request, long now)
    {
        Share.Recorder.Record(request.Metric, request.Due, request.Written, now);
        if (Share.IsLooping) Share.Scenario.Act(this, now);
    }

    private void TakeRefusal(DaemonFrame.Error error)
    {
        if (entered.TrySetResult(error.Code))
        {
            wasRefused = true;
            return;
        }
        Share.Refused(error.Code);
        if (int.TryParse(error.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var counter))
        {
            ref var outcome = ref error.Code == RefusalCode.Unavailable ? ref undecided : ref refused;
            LazyInitializer.EnsureInitialized(ref outcome).Enqueue(counter);
            outgoing.Answered(counter);
        }
        else if (outgoing.Answered(error.Id) is null)
        {
            return;
        }
        if (Share.IsLooping) _ = ActLaterAsync(error.RetryAfter is { } wait ? TimeSpan.FromMilliseconds(wait) : PauseAfterRefusal);
    }

    /// <summary>Waits before the next action, so that a refused user does not flood the daemon.</summary>
    private async Task ActLaterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, Share.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Share.IsLooping) Share.Scenario.Act(this, Share.Clock.Now);
    }

    private async Task CloseAsync()
    {
        outgoing.Detach();
        if (link is not null) await link.DisposeAsync();
        link = null;
    }
}
