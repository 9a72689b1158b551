using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>
/// What a connection has received. The reactor's thread reads the socket, once the session's loop waits for input, and the loop continues
/// on that thread within the call. It keeps a buffer only for an incomplete frame.
/// </summary>
internal sealed class ReactorInput(Reactor reactor, Socket socket, long id, Action ended) : PipeReader, IValueTaskSource<ReadResult>
{
    /// <summary>A few frames; after a full read, or with an incomplete frame, twice the longest frame.</summary>
    private const int SmallBytes = 4_096, LargeBytes = 32_768;

    /// <summary>Guards the fields below, also while the socket is read.</summary>
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<ReadResult> source;
    private byte[]? buffer;
    private int start;
    private int end;
    private bool isExamined = true;
    private bool isWaiting;
    private bool isCancelled;
    private bool isCompleted;
    private bool wasFull;
    private IOException? failure;

    /// <summary>Whether the socket may have more. Set by the reactor's thread alone.</summary>
    private volatile bool isReadable;

    /// <summary>Whether it is on the reactor's list. For the reactor's thread.</summary>
    private bool isListed;
    private bool isEnding;
    private CancellationToken watched;
    private CancellationTokenRegistration registration;

    public long Id => id;

    public Socket Socket => socket;

    /// <summary>Whether the connection is over, and the reactor may forget it.</summary>
    public bool IsClosed { get; private set; }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        short version;
        bool isNew;
        lock (gate)
        {
            if (isWaiting) throw new InvalidOperationException("The input is being read already.");
            if (!isCancelled && failure is { } e) return ValueTask.FromException<ReadResult>(e);
            if (isCancelled || isCompleted || !isExamined) return new(TakeResult());
            source.Reset();
            version = source.Version;
            isWaiting = true;
            // The loop waits with the same token each time, so it is watched once.
            isNew = cancellationToken != watched;
            watched = cancellationToken;
        }
        if (isNew) Watch(cancellationToken);
        if (cancellationToken.IsCancellationRequested) Cancel(cancellationToken); // since the look above: its callback found no wait
        Interlocked.MemoryBarrier(); // either this thread sees isReadable, or the reactor sees isWaiting
        if (isReadable) Ask();
        return new(this, version);
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (gate)
        {
            result = default;
            if (!isCancelled && !isCompleted && isExamined) return false;
            result = TakeResult();
            return true;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (gate)
        {
            if (buffer is null) return;
            start = consumed.GetInteger();
            isExamined = examined.GetInteger() >= end;
            if (start == end) Release();
            else if (buffer.Length > SmallBytes) Keep(end - start);
        }
    }

    public override void CancelPendingRead()
    {
        (IOException?, ReadResult) read;
        lock (gate)
        {
            isCancelled = true;
            if (!isWaiting) return;
            read = EndWait();
        }
        Deliver(read, inline: false);
    }

    public override void Complete(Exception? exception = null)
    {
        registration.Unregister();
        lock (gate)
        {
            isCompleted = true;
            Release();
        }
    }

    /// <summary>Something has happened to the socket. For the reactor's thread.</summary>
    public void Arrived(bool isEnd)
    {
        isReadable = true;
        if (isEnd) End();
        Interlocked.MemoryBarrier(); // as above
        ReadIfReady();
    }

    /// <summary>For the reactor's thread.</summary>
    public void ReadIfReady()
    {
        if (isListed || !isReadable || !Volatile.Read(ref isWaiting)) return;
        isListed = true;
        reactor.ReadLater(this);
    }

    /// <summary>Reads a buffer, and lets the loop continue. For the reactor's thread.</summary>
    public void Read()
    {
        isListed = false;
        bool isOver;
        (IOException?, ReadResult) read;
        lock (gate)
        {
            if (!isWaiting || !isReadable || !Receive()) return;
            isOver = isCompleted || failure is not null;
            read = EndWait();
        }
        if (isOver) End();
        Deliver(read, inline: true);
    }

    /// <summary>Ends reading with an error. Safe from any thread.</summary>
    public void Fail(IOException e)
    {
        (IOException?, ReadResult) read;
        lock (gate)
        {
            failure ??= e;
            if (!isWaiting) return;
            read = EndWait();
        }
        Deliver(read, inline: false);
    }

    /// <summary>The connection is over. Safe from any thread.</summary>
    public void Close()
    {
        IsClosed = true;
        reactor.Post(this);
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    private void Ask()
    {
        if (reactor.IsCurrent) ReadIfReady();
        else reactor.Post(this);
    }

    /// <summary>Reports the end of the input once, on the thread pool.</summary>
    private void End()
    {
        if (isEnding) return;
        isEnding = true;
        ThreadPool.UnsafeQueueUserWorkItem(static ended => ended(), ended, preferLocal: false);
    }

    private void Watch(CancellationToken token)
    {
        registration.Unregister();
        registration = token.UnsafeRegister(static (input, token) => ((ReactorInput)input!).Cancel(token), this);
    }

    private void Cancel(CancellationToken token)
    {
        lock (gate)
        {
            if (!isWaiting || token != watched) return; // a late callback of an earlier token
            isWaiting = false;
        }
        source.RunContinuationsAsynchronously = true;
        source.SetException(new OperationCanceledException(token));
    }

    /// <summary>Call it under the lock, and then <see cref="Deliver"/> outside of it.</summary>
    private (IOException? Failure, ReadResult Received) EndWait()
    {
        isWaiting = false;
        return !isCancelled && failure is { } e ? (e, default) : (null, TakeResult());
    }

    /// <param name="inline">Whether the loop continues within the call.</param>
    private void Deliver((IOException? Failure, ReadResult Received) read, bool inline)
    {
        source.RunContinuationsAsynchronously = !inline;
        if (read.Failure is { } e) source.SetException(e);
        else source.SetResult(read.Received);
    }

    private ReadResult TakeResult()
    {
        var result = new ReadResult(
            buffer is null ? ReadOnlySequence<byte>.Empty : new(buffer, start, end - start), isCancelled, isCompleted);
        isCancelled = false;
        return result;
    }

    /// <returns>False if there is nothing to read after all.</returns>
    private bool Receive()
    {
        var rest = end - start;
        var next = ArrayPool<byte>.Shared.Rent(rest > 0 || wasFull ? LargeBytes : SmallBytes);
        var received = Receive(next.AsSpan(rest), out var error);
        if (error is SocketError.WouldBlock)
        {
            isReadable = false;
            ArrayPool<byte>.Shared.Return(next);
            return false;
        }
        if (error is not SocketError.Success) failure ??= new IOException($"The client is gone: {error}.");
        else if (received == 0) isCompleted = true;
        wasFull = rest + received == next.Length;
        // A read that leaves room has emptied the socket, unless its end is still to be read.
        isReadable = wasFull || isEnding;
        if (rest > 0) buffer.AsSpan(start, rest).CopyTo(next);
        Release();
        (buffer, end) = (next, rest + received);
        isExamined = end == 0;
        if (end == 0) Release();
        return true;
    }

    private int Receive(Span<byte> space, out SocketError error)
    {
        try
        {
            return socket.Receive(space, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.ConnectionAborted;
            return 0;
        }
    }

    /// <summary>Moves a part of a frame into an array of its size.</summary>
    private void Keep(int bytes)
    {
        var small = ArrayPool<byte>.Shared.Rent(bytes);
        buffer.AsSpan(start, bytes).CopyTo(small);
        Release();
        (buffer, end) = (small, bytes);
    }

    private void Release()
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (null, 0, 0);
    }
}
