using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>What a transport hands over.</summary>
/// <param name="ShutdownSend">Tells the peer that nothing more comes; reading goes on.</param>
/// <param name="Abort">Gives up at once: for a peer that does not read.</param>
/// <param name="IsPeerGone">Whether it is known by now that nobody is there to read.</param>
/// <param name="InputEnded">Cancelled when the peer has ended its side, or the connection was lost; what came before may wait in the input yet.</param>
internal sealed record Link(string Id, IPAddress Address, PipeReader Input, IOutput Output, Func<Task> ShutdownSend, Action Abort, Func<bool> IsPeerGone, CancellationToken InputEnded);

/// <summary>One transport link: bytes in, outbox out. It does not know who speaks over it.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A token source without a timer holds nothing to dispose of, and End may be called when all is over.")]
internal sealed class Connection
{
    /// <summary>Longest that a last frame may take to leave for a peer that hardly reads.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    /// <summary>How long is read and dropped after the sending side is shut down, so that a reset does not overtake the last frame.</summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly Link link;
    private readonly TimeProvider time;
    private string? reason;
    private string? answers;

    public Connection(Link link, DrainList drains, int outboxBytes, TimeProvider time)
    {
        (this.link, this.time) = (link, time);
        Outbox = new Outbox(link.Output, drains, outboxBytes) { Overflowed = EndAsSlowConsumer };
    }

    public string Id => link.Id;

    public IPAddress Address => link.Address;

    public PipeReader Input => link.Input;

    public Outbox Outbox { get; }

    /// <summary>Cancelled as soon as no further frame is to be taken up.</summary>
    public CancellationToken Ending => ending.Token;

    /// <inheritdoc cref="Link"/>
    public CancellationToken InputEnded => link.InputEnded;

    /// <inheritdoc cref="Link"/>
    public bool IsPeerGone => link.IsPeerGone();

    /// <summary>Why it ends; null while it lives, or where the peer went by itself.</summary>
    public string? EndReason => Volatile.Read(ref reason);

    /// <summary>Asks the loop to stop; the first reason counts. The <c>bye</c> follows when what was begun is finished. From any thread, but under no lock: the loop may go on in this call.</summary>
    /// <param name="answers">The <c>id</c> of the frame that asked for it.</param>
    public void End(string byeReason, string? answers = null)
    {
        if (answers is not null) this.answers = answers;
        if (Interlocked.CompareExchange(ref reason, byeReason, null) is null) ending.Cancel();
    }

    /// <summary>Stops the loop as <see cref="End"/> does, for a peer that is gone: there is nothing to say, and nobody to say it to.</summary>
    public void Lose() => ending.Cancel();

    /// <summary>Sends what waits and the <c>bye</c>, if one is due, while dropping what still arrives; returns when the socket may be closed.</summary>
    public async Task CloseAsync()
    {
        Outbox.Seal(EndReason is { } because ? new DaemonFrame.Bye(because) { Id = answers } : null);
        var dropping = DropInputAsync();
        if (await IsDoneWithinAsync(Outbox.Finished, FarewellTime))
        {
            await IsDoneWithinAsync(link.ShutdownSend(), LingerTime);
            await IsDoneWithinAsync(dropping, LingerTime);
        }
        else
        {
            link.Abort();
        }
        Input.CancelPendingRead();
        await dropping;
    }

    /// <summary>The outbox overflows under its own and a fan-out's lock; ending there would run the loop under them.</summary>
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
            // Reset by the peer, or aborted by us: that is an end too, and the one waited for.
        }
    }

    private async Task<bool> IsDoneWithinAsync(Task task, TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit, time);
        return await Task.WhenAny(task, Task.Delay(Timeout.InfiniteTimeSpan, timer.Token)) == task;
    }
}
