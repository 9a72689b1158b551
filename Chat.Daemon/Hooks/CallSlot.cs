namespace Chat.Daemon.Hooks;

/// <summary>The place of one call in its <see cref="CallGate"/>. Safe from any thread.</summary>
internal sealed class CallSlot(CallGate gate)
{
    private const int Blocking = 0, Awaiting = 1, Abandoned = 2;
    private int state;

    /// <summary>The call has come to its first await, or has ended.</summary>
    public void Returned()
    {
        if (Interlocked.CompareExchange(ref state, Awaiting, Blocking) == Blocking) gate.Release(threads: 1, calls: 0);
    }

    /// <summary>The caller waits no longer. Until it ends, the call counts as if it held a thread.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref state, Abandoned) == Awaiting) gate.Hold();
    }

    /// <summary>Once, when nothing of the call runs any more.</summary>
    public void Ended() => gate.Release(threads: Volatile.Read(ref state) == Awaiting ? 0 : 1, calls: 1);
}
