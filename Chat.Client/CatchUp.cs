using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// Fetches with <c>history</c> and <c>changes</c> what was missed while disconnected, or dropped because the event queue was full.
/// </summary>
internal static class CatchUp
{
    /// <summary>Runs until the session ends.</summary>
    public static async Task RunAsync(Session session, int pageSize, CancellationToken closing)
    {
        while (true)
        {
            var gap = await session.Inbox.NextLaggingAsync().ConfigureAwait(false);
            var to = gap.Cursor.Conversation;
            ClientFrame request = gap.OfChanges
                ? new ClientFrame.Changes(gap.After, to.RoomName, to.UserName, pageSize)
                : new ClientFrame.History(to.RoomName, to.UserName, gap.After, Limit: pageSize);
            switch (await session.AskAsync(request, repeats: true, closing).ConfigureAwait(false))
            {
                case DaemonFrame.History page:
                    await session.Inbox.FetchedAsync(gap, page).ConfigureAwait(false);
                    break;
                case DaemonFrame.Changes page:
                    await session.Inbox.FetchedAsync(gap, page).ConfigureAwait(false);
                    break;
                case DaemonFrame.Error error:
                    session.Events.PostOrSkip(new ChatEvent.Unobtainable(to, session.Inbox.Close(gap), Refusal.From(error)));
                    break;
            }
        }
    }
}
