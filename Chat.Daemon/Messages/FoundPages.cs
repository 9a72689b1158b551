using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Search;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Reads messages of several conversations that were found for a user: as they are now, where the user may read now, and in a cut of each
/// conversation, so that no page is older than a delivery before it.
/// </summary>
internal sealed class FoundPages(
    ConversationLookup lookup, ConversationRegistry conversationRegistry, ConversationStore conversationStore, PageTurns turns)
{
    /// <param name="listed">Rooms that the user may read though this connection is not in them.</param>
    /// <param name="isMet">Whether the message still is what was looked for.</param>
    /// <param name="answer">Gets the messages that are left. What is delivered meanwhile is held back until it returns.</param>
    public async Task ReadAsync(
        Attachment user, IReadOnlyList<SearchHit> hits, IReadOnlyList<ListedRoom> listed, Func<LoggedMessage, bool> isMet,
        Action<IReadOnlyList<(long Order, DaemonFrame.Message Message)>> answer)
    {
        var places = new Dictionary<ConversationId, FoundConversation>();
        var cuts = new List<(FoundConversation Place, Cut Cut)>();
        try
        {
            await FillAsync(places, user, hits, listed);
            foreach (var place in places.Values) await place.Conversation!.Sequencer.ReadyAsync(); // before the cut: it may deliver
            using var turn = await turns.TakeAsync(user.Connection.Ending);
            Open(cuts, places);
            answer(await ReadAsync(user, hits, places, isMet));
        }
        finally
        {
            foreach (var (place, cut) in cuts) place.Conversation!.Fanout.Close(place.Subscriber!, cut, null);
            foreach (var place in places.Values) place.Dispose();
        }
    }

    /// <summary>
    /// Adds the conversations of the hits, without those that the user cannot read any more. The caller disposes of them, also when it
    /// throws.
    /// </summary>
    private async Task FillAsync(
        Dictionary<ConversationId, FoundConversation> places, Attachment user, IReadOnlyList<SearchHit> hits,
        IReadOnlyList<ListedRoom> listed)
    {
        var rooms = user.Rooms.ToDictionary(membership => membership.Room.Id, membership => membership.Room.Name.Text);
        var unknown = new List<ConversationId>();
        foreach (var id in hits.Select(hit => hit.Conversation).Distinct())
        {
            if (rooms.TryGetValue(id, out var room)) await AddAsync(places, user, id, room, null);
            else if (listed.FirstOrDefault(other => other.Id == id) is { } other) await AddAsync(places, user, other);
            else unknown.Add(id);
        }
        if (unknown.Count == 0) return;
        foreach (var direct in await conversationStore.DirectsAmongAsync(user.User.Identity.Key, unknown, user.Connection.Ending))
            await AddAsync(places, user, direct.Id, null, direct.OtherName);
    }

    private async Task AddAsync(Dictionary<ConversationId, FoundConversation> places, Attachment user, ListedRoom listed)
    {
        if (await conversationRegistry.FindRoomAsync(listed.Name, user.Connection.Ending) is not { } lease) return;
        var room = lease.Conversation;
        var found = new FoundConversation { Conversation = room, Room = room.Name.Text, Lease = lease };
        if (room.Id == listed.Id) places.Add(listed.Id, found);
        else found.Dispose();
    }

    /// <summary>
    /// Leaves out a direct conversation with a guest whose name leads to another one now: a client would take its messages for those.
    /// </summary>
    private async Task AddAsync(
        Dictionary<ConversationId, FoundConversation> places, Attachment user, ConversationId id, string? room, string? with)
    {
        var found = await lookup.FindAsync(user, room, with);
        if (found.Conversation?.Id == id) places.Add(id, found);
        else found.Dispose();
    }

    /// <summary>
    /// All direct conversations have one subscriber, and so one cut. Of a room that the connection is not in it gets no deliveries.
    /// </summary>
    private static void Open(
        List<(FoundConversation Place, Cut Cut)> cuts, Dictionary<ConversationId, FoundConversation> places)
    {
        foreach (var (id, place) in places.ToList())
        {
            if (place.Subscriber is null || cuts.Exists(open => open.Place.Subscriber == place.Subscriber)) continue;
            if (place.Conversation!.Fanout.CutAgain(place.Subscriber!) is { } cut)
            {
                cuts.Add((place, cut));
                continue;
            }
            places.Remove(id); // the user has just been removed from the room
            place.Dispose();
        }
    }

    private static async Task<List<(long Order, DaemonFrame.Message Message)>> ReadAsync(
        Attachment user, IReadOnlyList<SearchHit> hits, Dictionary<ConversationId, FoundConversation> places,
        Func<LoggedMessage, bool> isMet)
    {
        var read = new List<(long, DaemonFrame.Message)>();
        foreach (var hit in hits)
        {
            if (!places.TryGetValue(hit.Conversation, out var place)) continue;
            var message = await place.Conversation!.FindAsync(hit.Seq, user.User.Identity.Key, user.Connection.Ending);
            if (message is null || !isMet(message)) continue;
            read.Add((hit.Order, place.Conversation.Fanout.Address.Frame(message) with { With = place.With }));
        }
        return read;
    }
}
