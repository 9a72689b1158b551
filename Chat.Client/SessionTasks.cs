using Chat.Protocol;

namespace Chat.Client;

/// <summary>The three tasks of a logged-in client. They end together.</summary>
internal static class SessionTasks
{
    public static Task RunAsync(
        Session session, AddressRing addresses, ChatClientOptions options, Connection connection, DaemonFrame.Welcome welcome) =>
        Task.WhenAll(
        GuardAsync(session, () => new Supervisor(session, addresses, options).RunAsync(connection, welcome)),
        GuardAsync(session, session.PumpAsync),
        GuardAsync(session, () => CatchUp.RunAsync(session, options.PageSize, session.Closing)));

    /// <summary>
    /// The session ends with the first of its tasks. An exception other than a cancellation is a bug;
    /// <see cref="ChatClient.DisposeAsync"/> throws it.
    /// </summary>
    private static async Task GuardAsync(Session session, Func<Task> run)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (session.Closing.IsCancellationRequested)
        {
            session.End(ClientCode.SessionEnded, "");
        }
        finally
        {
            session.End(ClientCode.SessionEnded, "The client stopped.");
            await session.CloseAsync().ConfigureAwait(false);
        }
    }
}
