using Chat.Protocol;

namespace Chat.Client;

/// <summary>Fetches by <c>history</c> what the live stream did not bring: long absences, and what a slow reader had no room for.</summary>
internal static class CatchUp
{
    /// <summary>Runs until the session ends.</summary>
    public static async Task RunAsync(Session session, int pageSize, CancellationToken closing)
    {
        while (true)
        {
            var gap = await session.Inbox.NextLaggingAsync().ConfigureAwait(false);
            var to = gap.Cursor.Conversation;
            var question = new ClientFrame.History(to.IsDirect ? null : to.Name, to.IsDirect ? to.Name : null, gap.After, Limit: pageSize);
            switch (await session.AskAsync(question, repeats: true, closing).ConfigureAwait(false))
            {
                case DaemonFrame.History page:
                    await session.Inbox.FetchedAsync(gap, page).ConfigureAwait(false);
                    break;
                case DaemonFrame.Error error:
                    session.Inbox.Close(gap);
                    session.Events.PostOrSkip(new ChatEvent.Unobtainable(to, gap.Head, Refusal.From(error)));
                    break;
            }
        }
    }
}
