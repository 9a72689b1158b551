using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Chat.Protocol;

namespace Chat.Testing;

/// <summary>A user's connection to the daemon, over a real socket. Not thread-safe.</summary>
internal sealed class UserConnection : IAsyncDisposable
{
    private readonly NetworkStream stream;
    private readonly Task reading;
    private readonly Failures failures;
    private int lastId;

    private UserConnection(Socket socket, Failures failures)
    {
        this.failures = failures;
        stream = new NetworkStream(socket, ownsSocket: true);
        reading = Task.Run(ReadAllAsync);
    }

    public Arrivals<DaemonFrame> Arrivals { get; } = new();

    /// <summary>Whether the connection is closed.</summary>
    public bool IsOver => reading.IsCompleted;

    public static async Task<UserConnection> OpenAsync(int port, Failures failures)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new(socket, failures);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the frame and waits for the answer with its id.</summary>
    public async Task<DaemonFrame> AskAsync(ClientFrame frame, string shown)
    {
        var id = $"{++lastId}";
        await TellAsync(frame with { Id = id }, shown);
        return await TakeAsync(answer => answer.Id == id, $"an answer to {shown}");
    }

    /// <summary>Sends the frame.</summary>
    public async Task TellAsync(ClientFrame frame, string shown)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, frame);
        try
        {
            await stream.WriteAsync(bytes.WrittenMemory);
        }
        catch (IOException e)
        {
            throw failures.Of($"The connection was closed before {shown}. {ArrivedFrames()}", e);
        }
    }

    /// <exception cref="ChatTestException">No such frame arrived within the deadline.</exception>
    public async Task<DaemonFrame> TakeAsync(Func<DaemonFrame, bool> wanted, string shown)
    {
        using var timeout = Deadline.Start();
        try
        {
            return await Arrivals.TakeAsync(wanted, dropEarlier: false, timeout.Token)
                ?? throw failures.Of($"Got no {shown}: the connection is closed. {ArrivedFrames()}");
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw failures.Of($"Got no {shown} within {Deadline.Seconds} s. {ArrivedFrames()}", e);
        }
    }

    /// <summary>Describes the frames that arrived and no call has returned.</summary>
    public string ArrivedFrames()
    {
        var lines = Arrivals.Waiting.Where(Shown.IsReportable).Select(frame => "  " + Shown.Of(frame)).ToList();
        return lines.Count == 0 ? "Nothing else arrived." : $"Arrived instead:\n{string.Join('\n', lines)}";
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await reading;
    }

    private async Task ReadAllAsync()
    {
        var lines = new LineReader(ProtocolLimits.DaemonFrameBytes);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            for (var isOver = false; !isOver;)
            {
                var result = await reader.ReadAsync();
                var rest = result.Buffer;
                while (lines.TryRead(ref rest, out var line) is LineStatus.Line)
                    if (FrameReader.ReadDaemon(line).Frame is { } frame) Arrivals.Add(frame);
                reader.AdvanceTo(rest.Start, result.Buffer.End);
                isOver = result.IsCompleted;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The daemon or the end of the test closed the connection. Arrivals.End below ends all waits.
        }
        finally
        {
            Arrivals.End();
        }
    }
}
