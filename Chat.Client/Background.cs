using Chat.Protocol;

namespace Chat.Client;

/// <summary>The three tasks of a logged-in client, which end together.</summary>
internal static class Background
{
    public static Task RunAsync(Session session, ChatClientOptions options, Link link, DaemonFrame.Welcome welcome) => Task.WhenAll(
        GuardAsync(session, () => new Supervisor(session, options).RunAsync(link, welcome)),
        GuardAsync(session, session.PumpAsync),
        GuardAsync(session, () => CatchUp.RunAsync(session, options.PageSize, session.Closing)));

    /// <summary>When one ends the session is over and the others end too. What is no cancellation is a defect: whoever closes the client gets it.</summary>
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
