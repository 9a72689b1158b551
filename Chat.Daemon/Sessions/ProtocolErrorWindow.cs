namespace Chat.Daemon.Sessions;

/// <summary>Lines of one connection that were no frames, or too long.</summary>
internal sealed class ProtocolErrorWindow(TimeProvider time)
{
    private const int Allowed = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<long> latest = new();

    /// <summary>Counts one; true for the last that is borne within the window.</summary>
    public bool IsOneTooMany()
    {
        while (latest.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Window) latest.Dequeue();
        latest.Enqueue(time.GetTimestamp());
        return latest.Count >= Allowed;
    }
}
