using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Search;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Decides where a user may search: only where it reads now. Asked anew for each page.</summary>
internal sealed class SearchScopes(ConversationLookup lookup, RoomAccess access)
{
    /// <returns>The request with its conversations, or why there are none.</returns>
    public async ValueTask<(SearchRequest Request, Refusal? Refusal)> PlaceAsync(
        Attachment user, ClientFrame.Search frame, SearchRequest request)
    {
        if (frame.Room is null && frame.With is null) return Everywhere(user, request);
        using var found = await lookup.FindAsync(user, frame.Room, frame.With);
        if (found.Refusal is { } refusal) return (request, refusal);
        if (!access.May(user.User, PermissionTable.Search, found.Conversation as RoomConversation))
            return (request, new(RefusalCode.Forbidden, found.Room));
        return (request with { Conversations = found.Conversation is { } conversation ? [conversation.Id] : [] }, null);
    }

    private (SearchRequest, Refusal?) Everywhere(Attachment user, SearchRequest request)
    {
        var mayEverywhere = access.May(user.User, PermissionTable.Search);
        List<ConversationId> rooms =
            [.. user.Rooms.Select(m => m.Room).Where(room => access.May(user.User, PermissionTable.Search, room)).Select(room => room.Id)];
        if (!mayEverywhere && rooms.Count == 0) return (request, new(RefusalCode.Forbidden));
        return (request with { Conversations = rooms, DirectsOf = mayEverywhere ? user.User.Identity.Key : null }, null);
    }
}
