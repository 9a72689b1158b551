namespace Chat.Client;

/// <summary>Notices a dead peer: after a silence it pings, after as much again it gives the connection up. Time in which we did not read does not count.</summary>
internal sealed class Pulse : IAsyncDisposable
{
    private readonly Session session;
    private readonly Link link;
    private readonly ITimer timer;
    private int silentTicks;
    private volatile bool isWaiting;

    public Pulse(Session session, Link link, ChatClientOptions options)
    {
        (this.session, this.link) = (session, link);
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
        if (Interlocked.Increment(ref silentTicks) == 1) return; // anything up to a whole period may have been heard
        if (silentTicks == 2) _ = session.TryPingAsync();
        else _ = link.DisposeAsync().AsTask();
    }
}
