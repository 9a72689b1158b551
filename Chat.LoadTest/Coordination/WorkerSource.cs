using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>Starts workers on this machine, as many as a run asks for.</summary>
internal class WorkerSource
{
    /// <summary>How many workers a run that asks for so many gets.</summary>
    public virtual int CountFor(int asked) => asked;

    /// <param name="ticked">Gets the ticks of each worker, by its number.</param>
    public virtual Task<WorkerPool> TakeAsync(int count, Action<int, WorkerReply.Tick> ticked, CancellationToken interrupted) =>
        WorkerPool.StartAsync(count, ticked);
}
