namespace Chat.Client;

/// <summary>Detects a dead daemon: pings after a silence, and drops the connection after another. Counts only time spent reading.</summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private readonly Session session;
    private readonly Connection connection;
    private readonly ITimer timer;
    private int silentTicks;
    private volatile bool isWaiting;

    public KeepAlive(Session session, Connection connection, ChatClientOptions options)
    {
        (this.session, this.connection) = (session, connection);
        timer = options.Time.CreateTimer(_ => Tick(), null, options.PingAfter, options.PingAfter);
    }

    public void Waits() => isWaiting = true;

    public void Heard()
    {
        isWaiting = false;
        Interlocked.Exchange(ref silentTicks, 0);
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Tick()
    {
        if (!isWaiting) return;
        if (Interlocked.Increment(ref silentTicks) == 1) return; // something may have arrived within this period
        if (silentTicks == 2) _ = session.TryPingAsync();
        else _ = connection.DisposeAsync().AsTask();
    }
}
