using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Reading;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Reads what a <c>welcome</c> lists: the latest direct conversations, and the rooms on the account's list.</summary>
internal sealed class WelcomeLists(
    ConversationStore conversationStore, IMessageLog log, ConversationLogs logs, RoomListStore roomListStore, UserDirectory userDirectory)
{
    /// <summary>
    /// The latest direct conversations. Leaves out those with a guest whose name belongs to another user now: a client asks for history
    /// by name, and would get that user's.
    /// </summary>
    public async Task<IReadOnlyList<WrittenDirect>> DirectAsync(ChatUser user, CancellationToken cancellation)
    {
        var listed = new List<WrittenDirect>();
        foreach (var written in await conversationStore.DirectOfAsync(user.Identity.Key, ProtocolLimits.DirectListed, cancellation))
        {
            var owner = UserName.TryParse(written.Direct.OtherName, out var name) ? userDirectory.OwnerOf(name, written.NameOwner) : null;
            if (owner is null || owner.Value.Key == written.Direct.OtherIdentity) listed.Add(written);
        }
        return listed;
    }

    /// <summary>How far the account has read in these conversations. What it reads later is told after the <c>welcome</c>.</summary>
    /// <param name="marks">Null for a guest, who has read nothing.</param>
    public async Task<IReadOnlyDictionary<ConversationId, long>> MarksAsync(
        AccountMarks? marks, IReadOnlyList<ConversationId> directs, IEnumerable<ListedRoom> rooms, CancellationToken cancellation)
    {
        if (marks is null) return directs.ToDictionary(id => id, _ => 0L);
        using var kept = marks.Keep();
        marks.Load(await roomListStore.DirectMarksAsync(marks.Account, directs, cancellation));
        return directs.Concat(rooms.Select(room => room.Id)).Distinct().ToDictionary(id => id, id => marks.Of(id) ?? 0);
    }

    /// <summary>How many later messages mention the account.</summary>
    /// <param name="marks">From <see cref="MarksAsync"/>.</param>
    public ValueTask<IReadOnlyDictionary<ConversationId, long>> MentionsAsync(
        AccountMarks? account, IReadOnlyDictionary<ConversationId, long> marks, CancellationToken cancellation) =>
        account is null
            ? new(new Dictionary<ConversationId, long>())
            : log.CountMentionsAsync(account.Account, marks, cancellation);

    public DirectEntry EntryOf(
        WrittenDirect written, IReadOnlyDictionary<ConversationId, Fanout> live, IReadOnlyDictionary<ConversationId, long> marks,
        IReadOnlyDictionary<ConversationId, long> mentions)
    {
        var (seq, first, rev) = NumbersOf(written.Direct.Id, written.Range, live);
        var read = Math.Min(marks[written.Direct.Id], seq);
        return new DirectEntry(written.Direct.OtherName, seq, first, rev, logs.NameOf(written.Direct.Id), read,
            mentions.GetValueOrDefault(written.Direct.Id));
    }

    public async Task<IReadOnlyList<UnreadEntry>> UnreadAsync(
        IReadOnlyList<ListedRoom> rooms, IReadOnlyDictionary<ConversationId, Fanout> live,
        IReadOnlyDictionary<ConversationId, long> marks, IReadOnlyDictionary<ConversationId, long> mentions,
        CancellationToken cancellation)
    {
        if (rooms.Count == 0) return [];
        var ranges = await log.RangesAsync([.. rooms.Select(room => room.Id)], cancellation);
        return [.. rooms.Select(room =>
        {
            var (seq, first, _) = NumbersOf(room.Id, ranges.GetValueOrDefault(room.Id, new(1, 0)), live);
            return new UnreadEntry(room.Name.Text, seq, first, Math.Min(marks[room.Id], seq), mentions.GetValueOrDefault(room.Id));
        })];
    }

    /// <summary>
    /// The log may be ahead of what was delivered, so the numbers of a live conversation are those of its fan-out. Retention may have
    /// passed them.
    /// </summary>
    private static (long Seq, long First, long Rev) NumbersOf(
        ConversationId id, LogRange range, IReadOnlyDictionary<ConversationId, Fanout> live)
    {
        var (seq, rev) = live.TryGetValue(id, out var fanout) && fanout.HasStarted
            ? (fanout.Cursor, fanout.RevCursor)
            : (range.Last, range.Rev);
        return (seq, Math.Min(range.First, seq + 1), rev);
    }
}
