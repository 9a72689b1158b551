using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>One transport link: bytes in, outbox out. It does not know whose it is.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A token source without a timer holds no resources, and End may be called after the end.")]
internal sealed class Connection
{
    /// <summary>How long the last frame may take to leave.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long input is read and dropped after the sending side is closed, so that a reset does not overtake the last frame.
    /// </summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    /// <summary>The same where another node waits for the end of this one, and the client finds it without the frame, too.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromMilliseconds(200);

    private const long NotWaiting = -1;

    private readonly CancellationTokenSource ending = new();
    private readonly Link link;
    private readonly TimeProvider time;
    private string? reason;
    private string? answers;
    private IReadOnlyList<string>? elsewhere;
    private long waitingSince = NotWaiting;

    public Connection(Link link, DrainList drainList, int outboxBytes, TimeProvider time)
    {
        (this.link, this.time) = (link, time);
        Outbox = new Outbox(link.Output, link.Framing, drainList, outboxBytes) { Overflowed = EndAsSlowConsumer };
    }

    public string Id => link.Id;

    public IPAddress Address => link.Address;

    /// <summary>What it shares with the other connections of its address.</summary>
    public required AddressUsage Usage { get; init; }

    public PipeReader Input => link.Input;

    public IFraming Framing => link.Framing;

    public Browser? Browser => link.Browser;

    public Outbox Outbox { get; }

    /// <summary>Cancelled once no further frame is to be handled.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>Whether the loop waits for input. Set by the loop alone.</summary>
    public bool IsWaiting
    {
        set => Volatile.Write(ref waitingSince, value ? time.GetTimestamp() : NotWaiting);
    }

    /// <summary>How long nothing has come from the client, while the daemon is ready to read; zero if it is not.</summary>
    public TimeSpan Silence =>
        Volatile.Read(ref waitingSince) is var since and not NotWaiting ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <inheritdoc cref="Link"/>
    public CancellationToken InputEnded => link.InputEnded;

    /// <inheritdoc cref="Link"/>
    public bool IsClientGone => link.IsClientGone();

    /// <summary>Why the connection ends. Null while it is open, or if the client closed it.</summary>
    public string? EndReason => Volatile.Read(ref reason);

    /// <summary>
    /// Asks the loop to stop. The first reason counts, and <c>bye</c> follows once the appends in flight are done. Call it from any
    /// thread but under no lock, since the loop may continue within the call.
    /// </summary>
    /// <param name="answers">The <c>id</c> of the frame that asked for the end.</param>
    public void End(string byeReason, string? answers = null)
    {
        if (answers is not null) this.answers = answers;
        if (Interlocked.CompareExchange(ref reason, byeReason, null) is null) ending.Cancel();
    }

    /// <summary>Ends it because the daemon stops.</summary>
    /// <param name="addresses">Where the client may go instead; null if nowhere.</param>
    public void Shutdown(IReadOnlyList<string>? addresses)
    {
        if (EndReason is null) elsewhere = addresses;
        End(ByeReason.Shutdown);
    }

    /// <summary>Stops the loop like <see cref="End"/>, without a reason, because the client is gone.</summary>
    public void Lose() => ending.Cancel();

    /// <summary>
    /// Sends what is queued and the <c>bye</c>, if there is a reason, and drops input meanwhile. Returns when the socket may be closed.
    /// </summary>
    public async Task CloseAsync()
    {
        var addresses = EndReason == ByeReason.Shutdown ? elsewhere : null;
        Outbox.Seal(EndReason is { } because ? new DaemonFrame.Bye(because, addresses) { Id = answers } : null);
        var dropping = DropInputAsync();
        if (await IsDoneWithinAsync(Outbox.Finished, FarewellTime))
        {
            var linger = addresses is null ? LingerTime : HandOverTime;
            await IsDoneWithinAsync(link.ShutdownSend(), linger);
            await IsDoneWithinAsync(dropping, linger);
        }
        else
        {
            link.Abort();
        }
        Input.CancelPendingRead();
        await dropping;
    }

    /// <summary>The outbox overflows while its lock and a fan-out's are held. Ending at once would continue the loop under both.</summary>
    private void EndAsSlowConsumer() =>
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.End(ByeReason.SlowConsumer), this, preferLocal: false);

    private async Task DropInputAsync()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await Input.ReadAsync(CancellationToken.None);
                Input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted && !read.IsCanceled);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Reset by the client, or aborted by us: the input has ended, which is all we wait for.
        }
    }

    /// <summary>Waits for the task, but no longer than the limit. Does not throw what the task threw.</summary>
    public async Task<bool> IsDoneWithinAsync(Task task, TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit, time);
        return await Task.WhenAny(task, Task.Delay(Timeout.InfiniteTimeSpan, timer.Token)) == task;
    }
}
