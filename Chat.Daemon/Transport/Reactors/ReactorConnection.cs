using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>A socket that Kestrel counts and stops like its own, but that a reactor reads and sends to.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A token source without a timer holds no resources.")]
internal sealed class ReactorConnection : ConnectionContext
{
    private static long lastId;

    private readonly CancellationTokenSource ended = new();
    private readonly Reactor reactor;
    private readonly Socket socket;
    private readonly ReactorInput input;

    public ReactorConnection(Reactor reactor, Socket socket)
    {
        (this.reactor, this.socket) = (reactor, socket);
        var id = Interlocked.Increment(ref lastId);
        ConnectionId = $"R{Environment.ProcessId:X}{id:X8}";
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        (ConnectionClosed, Output) = (ended.Token, new SocketOutput(socket));
        input = new ReactorInput(reactor, socket, id, ended.Cancel);
        reactor.Post(input);
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    [AllowNull]
    public override IDictionary<object, object?> Items
    {
        get => field ??= new Dictionary<object, object?>();
        set;
    }

    /// <summary>Unused: the link carries input and output.</summary>
    public override IDuplexPipe Transport
    {
        get => throw new NotSupportedException("Use the link of the connection.");
        set => throw new NotSupportedException("Use the link of the connection.");
    }

    public DrainList DrainList => reactor.DrainList;

    public PipeReader Input => input;

    public IOutput Output { get; }

    public Socket Socket => socket;

    /// <summary>Closes at once, with a reset. Safe from any thread.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        socket.Close(timeout: 0);
        input.Fail(new IOException("The connection is aborted.", abortReason));
        ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.Cancel(), ended, preferLocal: false);
    }

    public override ValueTask DisposeAsync()
    {
        input.Complete();
        input.Close();
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has closed the connection, or we have aborted it.
        }
        socket.Dispose();
        return base.DisposeAsync();
    }
}
