namespace Chat.Daemon.Rooms;

/// <summary>
/// Lets only a few pages be read and encoded at a time, whoever asks for them. The others wait, in the order in which they came: so the
/// messages of other users find a free processor, and memory holds few pages. Safe from any thread.
/// </summary>
internal sealed class PageTurns : IDisposable
{
    /// <summary>Half of the processors: reading a page takes a processor, and the rest is for messages.</summary>
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim free = new(AtOnce);

    /// <summary>Waits for a turn, which lasts until it is disposed of.</summary>
    public async ValueTask<Turn> TakeAsync(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        return new Turn(free);
    }

    public void Dispose() => free.Dispose();

    /// <summary>The default value is no turn.</summary>
    public readonly struct Turn(SemaphoreSlim? taken) : IDisposable
    {
        public void Dispose() => taken?.Release();
    }
}
