using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>Knows which node serves: as of the last beat of this node, or newer if somebody needs it. Safe from any thread.</summary>
/// <param name="ask">Asks the database. Blocks.</param>
internal sealed class ServingWatch(Func<ServingNode?> ask)
{
    /// <summary>While nobody serves, the database is asked this often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private volatile ServingNode? known;
    private Task? asking;

    public ServingNode? Known => known;

    /// <summary>After a beat.</summary>
    public void Set(ServingNode? serving) => known = serving;

    /// <summary>Forgets a node that could not be reached. Whoever waits for the next one asks the database together.</summary>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        Task renewal;
        lock (gate)
        {
            if (asking is null or { IsCompleted: true }) asking = AskAsync();
            renewal = asking;
        }
        await renewal.WaitAsync(cancellation);
    }

    private async Task AskAsync()
    {
        await Task.Delay(Pause);
        try
        {
            known = await Task.Run(ask);
        }
        catch (NpgsqlException)
        {
            // Nobody serves without the database, and the next question may be answered.
        }
    }
}
