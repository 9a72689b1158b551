namespace Chat.Daemon.Sessions;

/// <summary>Frees the names of guests who have not come back.</summary>
internal sealed class HeldNames(SessionRegistry registry, LastSeenWriter lastSeenWriter) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        lastSeenWriter.Write(registry.DropExpired());
        return Task.CompletedTask;
    }
}
