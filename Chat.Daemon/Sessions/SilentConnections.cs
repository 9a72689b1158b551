namespace Chat.Daemon.Sessions;

/// <summary>Finds, within 90 s, the WebSockets whose clients are gone.</summary>
internal sealed class SilentConnections(ConnectionServer connections) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(15);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        connections.PingSilent();
        return Task.CompletedTask;
    }
}
