using Chat.Daemon.Search;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>search</c> frames.</summary>
internal sealed class SearchRequests(
    IMessageSearch search, SearchCursor cursor, SearchScopes scopes, FoundPages pages, WorkPrice price)
{
    /// <summary>Some parts of the index are built in that time.</summary>
    private static readonly TimeSpan UnindexedRetry = TimeSpan.FromSeconds(2);

    public ValueTask<Refusal?> AnswerAsync(Attachment user, ClientFrame.Search frame) =>
        FindAsync(user, frame, found => user.Connection.Outbox.Reply(found));

    /// <param name="answer">Gets the page. What is delivered to the connection meanwhile follows it.</param>
    public async ValueTask<Refusal?> FindAsync(Attachment user, ClientFrame.Search frame, Action<DaemonFrame.Found> answer)
    {
        var (request, refusal) = Parse(frame);
        if (refusal is null) (request, refusal) = await scopes.PlaceAsync(user, frame, request!);
        while (refusal is null)
        {
            var found = await search.FindAsync(request!, user.Connection.Ending);
            price.Charge(user, found.Spent);
            var isAnswered = false;
            await pages.ReadAsync(user, found.Hits, [], message => IsMetBy(request!, message), read =>
            {
                // What was found may be gone: the next page may still have something.
                if (read.Count == 0 && found.More) return;
                isAnswered = true;
                answer(FrameOf(frame, found, read));
            });
            if (isAnswered) return null;
            refusal = found.Stop is { } stop ? RefusalOf(stop, frame.Room) : null;
            request = request! with { Before = found.Before };
        }
        return refusal;
    }

    private (SearchRequest? Request, Refusal? Refusal) Parse(ClientFrame.Search frame)
    {
        if (frame.Limit is < 1 or > ProtocolLimits.FoundMax) return Wrong(frame);
        if (SearchTerms.Parse(frame.Text) is not { } terms) return (null, Wrong(frame).Refusal! with { Say = texts => texts.NoWords() });
        UserName? from = null;
        if (frame.From is not null && !UserName.TryParse(frame.From, out from)) return (null, new(RefusalCode.BadName, frame.Room));
        var before = long.MaxValue;
        if (frame.Before is { } given)
        {
            if (cursor.Open(given) is not { } opened) return Wrong(frame);
            before = opened;
        }
        return (new(terms, (int)(frame.Limit ?? ProtocolLimits.FoundDefault), []) { From = from, Before = before }, null);
    }

    private static (SearchRequest?, Refusal? Refusal) Wrong(ClientFrame.Search frame) => (null, new(RefusalCode.BadArguments, frame.Room));

    private static bool IsMetBy(SearchRequest request, LoggedMessage message) =>
        !message.Erased && request.IsMetBy(message.From, new WordFolder().Fold(message.Text));

    private DaemonFrame.Found FrameOf(
        ClientFrame.Search frame, SearchPage found, IReadOnlyList<(long Order, DaemonFrame.Message Message)> read)
    {
        var messages = read.Select(one => one.Message).ToList();
        var fit = FrameWriter.Fit(messages);
        var (more, before) = fit < read.Count ? (true, read[fit - 1].Order) : (found.More, found.Before);
        return new(messages.GetRange(0, fit), more, more ? cursor.Seal(before) : null) { Id = frame.Id };
    }

    private static Refusal RefusalOf(SearchStop stop, string? room) => stop switch
    {
        SearchStop.Deadline => new(RefusalCode.Timeout, room, Say: texts => texts.SearchTooLong()),
        SearchStop.Unindexed => new(RefusalCode.Unavailable, room, UnindexedRetry, Say: texts => texts.SearchUnindexed()),
        SearchStop.WithoutRoom => new(RefusalCode.Storage, room, Say: texts => texts.SearchWithoutRoom()),
        _ => new(RefusalCode.Storage, room, Say: texts => texts.SearchFailed()),
    };
}
