using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Chat.Protocol;

namespace Chat.TestKit;

/// <summary>How a connection ended: the other side closed it, or it was reset.</summary>
public enum Ending
{
    Ended,
    Reset,
}

/// <summary>
/// A client at a real socket, which collects frames in the background. If an expected frame does not come, the failure after the deadline
/// shows the frames that came instead. For one test at a time.
/// </summary>
public sealed class TestClient : IAsyncDisposable
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    private const int ReadingBufferBytes = 1 << 20;

    /// <summary>Shared by all clients: an id names one message of a session, which may continue on another client.</summary>
    private static int lastId;

    private readonly Socket socket;
    private readonly Stream stream;
    private readonly TimeSpan deadline;
    private readonly Receiver receiver;
    private readonly ConcurrentQueue<string> sent = new();

    private TestClient(Socket socket, Stream stream, string name, TimeSpan deadline)
    {
        (this.socket, this.stream, Name, this.deadline) = (socket, stream, name, deadline);
        receiver = new Receiver(stream);
    }

    /// <summary>Its name, for failure messages.</summary>
    public string Name { get; }

    /// <summary>Completes when the daemon has closed its side or the connection was reset.</summary>
    public Task<Ending> Closed => receiver.Closed;

    /// <summary>Frames that have arrived and were not taken yet, in order.</summary>
    public IReadOnlyList<ReceivedFrame> Waiting => receiver.Arrivals.Waiting;

    /// <param name="receiveBuffer">Bytes of the socket's receive buffer, small to make a slow consumer; null for the system's
    /// default.</param>
    /// <param name="from">A loopback address (127.0.0.0/8), to differ from the other clients.</param>
    public static Task<TestClient> ConnectAsync(
        int port, string name = "client", TimeSpan? deadline = null, int? receiveBuffer = null, IPAddress? from = null) =>
        ConnectAsync(TestTransport.Tcp, port, name, deadline, receiveBuffer, from);

    /// <inheritdoc cref="ConnectAsync(int, string, TimeSpan?, int?, IPAddress?)"/>
    public static async Task<TestClient> ConnectAsync(
        TestTransport transport, int port, string name = "client", TimeSpan? deadline = null, int? receiveBuffer = null,
        IPAddress? from = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null) socket.Bind(new IPEndPoint(from.MapToIPv6(), 0));
            if (receiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
            using var timeout = new CancellationTokenSource(deadline ?? DefaultDeadline);
            await socket.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
            return new TestClient(socket, await transport.OpenAsync(socket, timeout.Token), name, deadline ?? DefaultDeadline);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the line unchanged, and an LF.</summary>
    public Task SendAsync(string raw)
    {
        sent.Enqueue(raw);
        return SendBytesAsync(Encoding.UTF8.GetBytes(raw + "\n"));
    }

    public Task SendAsync(ClientFrame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, frame);
        sent.Enqueue(Encoding.UTF8.GetString(bytes.WrittenSpan[..^1]));
        return SendBytesAsync(bytes.WrittenMemory);
    }

    /// <summary>Sends the bytes and nothing else.</summary>
    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => WithinDeadlineAsync("to be read", async timeout =>
    {
        await stream.WriteAsync(bytes, timeout);
        return true;
    });

    /// <summary>The next frame of any type.</summary>
    public Task<ReceivedFrame> NextAsync() => TakeAsync("a frame", _ => true, dropEarlier: false);

    /// <summary>The next frame of the type that meets the condition; drops earlier frames.</summary>
    public async Task<T> ExpectAsync<T>(
        Func<T, bool>? condition = null, [CallerArgumentExpression(nameof(condition))] string? shown = null) where T : DaemonFrame
    {
        var wanted = condition is null ? typeof(T).Name : $"{typeof(T).Name} where {shown}";
        var received = await TakeAsync(wanted, r => r.Frame is T frame && (condition is null || condition(frame)), dropEarlier: true);
        return (T)received.Frame!;
    }

    /// <summary>Sends the frame with an id, and takes the answer with that id; leaves other frames in place.</summary>
    public async Task<T> AskAsync<T>(ClientFrame frame) where T : DaemonFrame
    {
        var asked = frame with { Id = frame.Id ?? NewId() };
        await SendAsync(asked);
        var received = await TakeAsync($"{typeof(T).Name} with id {asked.Id}", r => r.Frame?.Id == asked.Id, dropEarlier: false);
        return received.Frame as T
            ?? throw new ExpectationException($"{Name} wanted {typeof(T).Name} for an answer; instead came:\n  {received.Json}");
    }

    /// <summary>Logs in and waits until it has joined its rooms; without rooms, the default one.</summary>
    public Task<DaemonFrame.Welcome> LoginAsync(
        string user, params string[] rooms) => LoginAsync(new ClientFrame.Login(user, Rooms: rooms.Length == 0 ? null : rooms));

    /// <inheritdoc cref="LoginAsync(string, string[])"/>
    public async Task<DaemonFrame.Welcome> LoginAsync(ClientFrame.Login login)
    {
        var welcome = await AskAsync<DaemonFrame.Welcome>(login);
        foreach (var room in welcome.Rooms)
            await TakeAsync($"Joined of {room}", r => r.Frame is DaemonFrame.Joined joined && joined.Room == room, dropEarlier: false);
        return welcome;
    }

    /// <summary>Sends a message to a room and waits for the echo.</summary>
    public Task<DaemonFrame.Message> SayAsync(
        string room, string text) => AskAsync<DaemonFrame.Message>(new ClientFrame.Message(text, room));

    /// <summary>Completes when everything that the daemon had queued for this connection has arrived. Hides the pong.</summary>
    public async Task SettleAsync()
    {
        if (Closed.IsCompleted) return;
        var id = NewId();
        var pong = receiver.PongOf(id);
        try
        {
            await SendAsync(new ClientFrame.Ping { Id = id });
        }
        catch (IOException)
        {
            await ExpectClosedAsync(); // the daemon is closing it, and nothing more will come
        }
        await WithinDeadlineAsync("for its pong", async timeout =>
        {
            await pong.WaitAsync(timeout);
            return true;
        });
    }

    /// <summary>Fails if the daemon had queued anything but <c>hello</c> and <c>presence</c>.</summary>
    public async Task ExpectNothingAsync()
    {
        await SettleAsync();
        if (Waiting.Where(r => r.Frame is not (DaemonFrame.Hello or DaemonFrame.Presence)).ToList() is { Count: > 0 } unexpected)
            throw new ExpectationException($"{Name} expected nothing; came:\n{Shown(unexpected)}");
    }

    /// <summary>Waits until the daemon has closed the connection.</summary>
    public Task<Ending> ExpectClosedAsync() => WithinDeadlineAsync("for the connection to be closed", timeout => Closed.WaitAsync(timeout));

    /// <summary>Stops reading: nothing arrives any more, and at most another 16 KiB leave the socket.</summary>
    public void PauseReading() => receiver.Pause();

    /// <summary>Reads on, with a larger buffer: through a small one, TCP may wait 200 ms or more for each piece.</summary>
    public void ResumeReading()
    {
        socket.ReceiveBufferSize = ReadingBufferBytes;
        receiver.Resume();
    }

    /// <summary>Closes the sending side; still reads.</summary>
    public void ShutdownSend() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        receiver.Resume();
        await Closed;
        await stream.DisposeAsync();
    }

    private static string NewId() => $"kit-{Interlocked.Increment(ref lastId)}";

    private async Task<ReceivedFrame> TakeAsync(string what, Func<ReceivedFrame, bool> wanted, bool dropEarlier) =>
        await WithinDeadlineAsync($"for {what}", timeout => receiver.Arrivals.TakeAsync(wanted, dropEarlier, timeout))
        ?? throw new ExpectationException($"{Name} waited for {what}, but the connection was closed.\n{Story()}");

    private async Task<T> WithinDeadlineAsync<T>(string what, Func<CancellationToken, Task<T>> wait)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            return await wait(timeout.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new ExpectationException($"{Name} waited {deadline.TotalSeconds} s {what}.\n{Story()}", e);
        }
    }

    private string Story() =>
        $"Last sent:\n{string.Join('\n', sent.TakeLast(5).Select(s => "  " + Short(s)))}\nReceived instead:\n{Shown(Waiting)}";

    private static string Shown(IReadOnlyList<ReceivedFrame> frames) =>
        frames.Count == 0
            ? "  nothing"
            : string.Join('\n', frames.TakeLast(20).Select(f => "  " + Short(f.Json))
                .Prepend(frames.Count > 20 ? $"  ({frames.Count - 20} earlier)" : "").Where(s => s.Length > 0));

    private static string Short(
        string text) => TextRules.Harmless(text.Length <= 400 ? text : $"{text[..400]}… ({text.Length} characters)");
}
