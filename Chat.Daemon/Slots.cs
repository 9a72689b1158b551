namespace Chat.Daemon;

/// <summary>Limits how much is under way at once. Safe from any thread.</summary>
internal sealed class Slots(int most)
{
    private int taken;

    public bool AreFree => Volatile.Read(ref taken) <= 0;

    /// <returns>False if all are taken. Then there is nothing to leave.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref taken) <= most) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref taken);
}
