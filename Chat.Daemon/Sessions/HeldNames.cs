namespace Chat.Daemon.Sessions;

/// <summary>Frees the names of guests who have not come back.</summary>
internal sealed class HeldNames(SessionRegistry sessionRegistry, LastSeenWriter lastSeenWriter) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        lastSeenWriter.Write(sessionRegistry.DropExpired());
        return Task.CompletedTask;
    }
}
