using System.Diagnostics;
using Chat.Daemon.Reading;
using Chat.Daemon.Search;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>mentions</c> frames: in the rooms on the account's list, and in its direct conversations.</summary>
internal sealed class MentionRequests(IMessageLog log, RoomLists roomLists, SearchCursor cursor, FoundPages pages, WorkPrice price)
{
    public async ValueTask<Refusal?> AnswerAsync(Attachment user, ClientFrame.Mentions frame)
    {
        if (user.Marks is not { } marks) return new Refusal(RefusalCode.Forbidden);
        var before = frame.Before is { } given ? cursor.Open(given) : long.MaxValue;
        if (before is null || frame.Limit is < 1 or > ProtocolLimits.FoundMax) return new Refusal(RefusalCode.BadArguments);
        var began = Stopwatch.GetTimestamp();
        var ending = user.Connection.Ending;
        var rooms = await roomLists.OfAsync(user.User, ending);
        var limit = (int)(frame.Limit ?? ProtocolLimits.FoundDefault);
        var page = await log.MentionsAsync(marks.Account, rooms.Select(room => room.Id).ToHashSet(), before.Value, limit, ending);
        price.Charge(user, Stopwatch.GetElapsedTime(began));
        var hits = page.Found.Select(found => new SearchHit(found.Order, found.Conversation, found.Seq)).ToList();
        await pages.ReadAsync(user, hits, rooms, message => Mentions(message, user), read =>
            user.Connection.Outbox.Reply(FrameOf(page, read) with { Id = frame.Id }));
        return null;
    }

    /// <summary>The message may have changed since it was found.</summary>
    private static bool Mentions(LoggedMessage message, Attachment user) =>
        message.Mentions?.Split(' ').Contains(user.User.Name.Text) == true;

    private DaemonFrame.Found FrameOf(MentionPage page, IReadOnlyList<(long Order, DaemonFrame.Message Message)> read)
    {
        var messages = read.Select(one => one.Message).ToList();
        var fit = FrameWriter.Fit(messages);
        var before = fit < read.Count ? read[fit - 1].Order : page.Before;
        return new(messages.GetRange(0, fit), before is not null, before is { } next ? cursor.Seal(next) : null);
    }
}
