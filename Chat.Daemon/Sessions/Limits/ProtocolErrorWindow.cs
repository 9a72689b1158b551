namespace Chat.Daemon.Sessions.Limits;

/// <summary>Counts the lines of one connection that are no frames or too long.</summary>
internal sealed class ProtocolErrorWindow(TimeProvider time)
{
    private const int MaxErrors = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<long> latest = new();

    /// <summary>Counts an error.</summary>
    /// <returns>True if the connection must be closed.</returns>
    public bool IsExceeded()
    {
        while (latest.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Window) latest.Dequeue();
        latest.Enqueue(time.GetTimestamp());
        return latest.Count >= MaxErrors;
    }
}
