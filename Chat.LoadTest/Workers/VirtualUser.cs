using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Chat.Client;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>One guest on one connection in one room. It repairs nothing, so that every loss shows.</summary>
internal sealed class VirtualUser : IAsyncDisposable
{
    public const string ConnectionLost = "connection_lost";
    private const string LoginTimeout = "login_timeout";
    private static readonly TimeSpan LoginDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(100);

    /// <summary>A little longer than the daemon needs to close a connection.</summary>
    private static readonly TimeSpan LogoutDeadline = TimeSpan.FromSeconds(2);

    private readonly WorkPlan plan;
    private readonly WorkerGauges gauges;
    private readonly Payload payload;
    private readonly TcpClient socket = new() { NoDelay = true };
    private readonly CancellationTokenSource quit = new();
    private readonly TaskCompletionSource<string?> entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int> refused = [], undecided = [];
    private Task receiving = Task.CompletedTask;
    private Stream? wire;
    private Outgoing? outgoing;
    private CancellationToken stopped;
    private volatile bool leaving;

    public VirtualUser(int number, WorkPlan plan, Payload payload, WorkerGauges gauges)
    {
        (Number, this.plan, this.payload, this.gauges) = (number, plan, payload, gauges);
        Tally = new SequenceTally(plan.Slots);
    }

    public int Number { get; }

    public SequenceTally Tally { get; }

    public int Sent => outgoing?.Sent ?? 0;

    public int Waiting => outgoing?.Waiting ?? 0;

    public long Echoed { get; private set; }

    public long Strayed { get; private set; }

    public long LastDelivery { get; private set; }

    /// <summary>Why the connection ended early; null if it did not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Completes when sending has ended.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    public int Refused => refused.Count + undecided.Count;

    /// <summary>Whether every message has an echo or a refusal.</summary>
    public bool IsAnswered => Echoed + Refused >= Sent;

    /// <summary>Connects and joins the room. Returns null, or the code of the refusal.</summary>
    public async Task<string?> EnterAsync(TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(plan.Host, plan.Port, cancellation);
            wire = await SecureAsync(socket.GetStream(), cancellation);
            receiving = ReceiveAsync(PipeReader.Create(wire, new StreamPipeReaderOptions(bufferSize: 16_384, useZeroByteReads: true)));
            await WriteAsync(new ClientFrame.Login(plan.NameOf(Number), Rooms: [plan.RoomOf(Number)], Client: "chat-load"), cancellation);
            return await entered.Task.WaitAsync(LoginDeadline, time, cancellation);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            return ConnectionLost;
        }
        catch (TimeoutException)
        {
            return LoginTimeout;
        }
    }

    /// <param name="stop">Ends the sending, not the receiving.</param>
    public void Start(CancellationToken stop)
    {
        stopped = stop;
        outgoing = new Outgoing(plan, Number, payload, wire!);
        Sending = outgoing.RunAsync(stop, quit.Token);
    }

    public void Due(long microseconds) => outgoing?.Due(microseconds);

    /// <summary>Ends the sending once every due message is written.</summary>
    public void Finish() => outgoing?.Finish();

    /// <summary>Call it after the sending has ended.</summary>
    public SenderSummary Summarize()
    {
        var unknown = Ended is null ? undecided : Tally.Missing(SlotOf(Number), Sent).Except(refused);
        return new(Number, Sent, [.. refused], [.. unknown]);
    }

    public int SlotOf(int sender) => sender / plan.Rooms;

    /// <summary>Closes the connection. Rethrows an unexpected exception of sending or receiving.</summary>
    public async ValueTask DisposeAsync()
    {
        await quit.CancelAsync();
        await Task.WhenAll(Sending, receiving);
        outgoing?.Dispose();
        if (wire is not null) await wire.DisposeAsync();
        socket.Dispose();
        quit.Dispose();
    }

    /// <summary>Logs out, which frees the name at once. Call it after the sending has ended.</summary>
    public async Task LogoutAsync(TimeProvider time, CancellationToken cancellation)
    {
        leaving = true;
        try
        {
            await WriteAsync(new ClientFrame.Logout(), cancellation);
            await receiving.WaitAsync(LogoutDeadline, time, cancellation);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException)
        {
            // The connection has ended already, or the daemon is slow to close it; either way this user is done.
        }
    }

    private async Task ReceiveAsync(PipeReader input)
    {
        var lines = new LineReader(ProtocolLimits.DaemonFrameBytes);
        var reason = ConnectionLost;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(quit.Token);
                var (buffer, now) = (read.Buffer, gauges.Clock.Now);
                while (lines.TryRead(ref buffer, out var line) is var status && status != LineStatus.None)
                    if (status == LineStatus.Line && TakeLine(line, now) is { } bye) reason = bye;
                input.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A reset ends the connection like any other end; a cancellation means that this program closes it.
        }
        if (quit.IsCancellationRequested || leaving) return;
        Ended = reason;
        entered.TrySetResult(reason);
    }

    /// <summary>Returns the reason in a <c>bye</c>; null for any other line.</summary>
    private string? TakeLine(in ReadOnlySequence<byte> line, long now)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (Payload.IsMessage(bytes))
        {
            if (payload.TryRead(bytes, out var mark)) TakeMessage(mark, now);
            return null;
        }
        switch (FrameReader.ReadDaemon(line).Frame)
        {
            case DaemonFrame.Joined: entered.TrySetResult(null); break;
            case DaemonFrame.Error error: TakeRefusal(error); break;
            case DaemonFrame.Bye bye: return bye.Reason;
        }
        return null;
    }

    private void TakeMessage(MessageMark mark, long now)
    {
        if (mark.Sender % plan.Rooms != Number % plan.Rooms || mark.Sender >= plan.Users)
        {
            Strayed++;
            return;
        }
        var before = Tally.Received;
        Tally.Take(SlotOf(mark.Sender), mark.Counter);
        if (Tally.Received == before) return;
        LastDelivery = now;
        if (mark.Sender != Number)
        {
            gauges.Delivered(mark.Due, now);
            return;
        }
        gauges.Echoed(mark.Due, now);
        Echoed++;
        outgoing?.Answered();
        if (plan.Rate == 0) outgoing?.Due(now);
    }

    private void TakeRefusal(DaemonFrame.Error error)
    {
        if (entered.TrySetResult(error.Code)) return;
        gauges.Refused(error.Code);
        if (!int.TryParse(error.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var counter)) return;
        (error.Code == RefusalCode.Unavailable ? undecided : refused).Enqueue(counter);
        outgoing?.Answered();
        if (plan.Rate > 0) return;
        _ = DueLaterAsync(error.RetryAfter is { } wait ? TimeSpan.FromMilliseconds(wait) : PauseAfterRefusal);
    }

    /// <summary>Waits before the next message, so that a refused user does not flood the daemon.</summary>
    private async Task DueLaterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, gauges.Time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        outgoing?.Due(gauges.Clock.Now);
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, CancellationToken cancellation)
    {
        if (!plan.Tls) return plain;
        var tls = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = plan.Host,
            RemoteCertificateValidationCallback = plan.Ca is { } file ? CertificateTrust.FromFile(file) : null,
        };
        await tls.AuthenticateAsClientAsync(options, cancellation);
        return tls;
    }

    private async Task WriteAsync(ClientFrame frame, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameWriter.Write(buffer, frame);
        await wire!.WriteAsync(buffer.WrittenMemory, cancellation);
    }
}
