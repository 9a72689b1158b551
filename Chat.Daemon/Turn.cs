using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Chat.Daemon;

/// <summary>
/// The turns of a thread that serves many connections. Code that may wait, for the disk or for a plugin, must leave such a thread first,
/// by <c>if (Turn.IsOnThread) await Task.Yield()</c>. To run on the thread, await its turn.
/// </summary>
/// <param name="wake">Called from any thread, after something has been posted.</param>
internal sealed class Turn(Action wake)
{
    [ThreadStatic]
    private static Turn? current;

    private readonly Queue<IThreadPoolWorkItem> items = new();
    private readonly ConcurrentQueue<Action> posted = new();
    private volatile bool isOver;

    /// <summary>Of the current thread; null if it may wait.</summary>
    public static Turn? Current => current;

    /// <summary>Whether the current thread must not wait.</summary>
    public static bool IsOnThread => current is not null;

    public bool HasPosted => !posted.IsEmpty;

    /// <summary>Runs the item at the end of this thread's turn, behind all that came with it; elsewhere on the thread pool.</summary>
    public static void Queue(IThreadPoolWorkItem item)
    {
        if (current is { } turn) turn.items.Enqueue(item);
        else ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }

    /// <summary>Makes the current thread the one of these turns.</summary>
    public void Begin() => current = this;

    /// <summary>Runs what was posted, and then what was queued.</summary>
    public void End()
    {
        for (var count = posted.Count; count > 0 && posted.TryDequeue(out var action); count--) action();
        while (items.TryDequeue(out var item)) item.Execute();
    }

    /// <summary>The thread ends: what is still posted, and what follows, runs on the thread pool.</summary>
    public void Stop()
    {
        current = null;
        isOver = true;
        Interlocked.MemoryBarrier(); // either Post sees that it is over, or its action is seen here
        Scatter();
    }

    public Awaiter GetAwaiter() => new(this);

    private void Post(Action action)
    {
        posted.Enqueue(action);
        Interlocked.MemoryBarrier();
        if (isOver) Scatter();
        else wake();
    }

    private void Scatter()
    {
        while (posted.TryDequeue(out var action))
            ThreadPool.UnsafeQueueUserWorkItem(static action => action(), action, preferLocal: false);
    }

    public readonly struct Awaiter(Turn turn) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => current == turn;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => turn.Post(continuation);

        public void UnsafeOnCompleted(Action continuation) => turn.Post(continuation);
    }
}
