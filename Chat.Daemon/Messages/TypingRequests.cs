using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Takes up <c>typing</c> frames. Nothing of them is stored.</summary>
internal sealed class TypingRequests(ConversationLookup lookup, RoomAccess access, OnlineUsers onlineUsers)
{
    /// <returns>Why nobody is told; the client is not told either.</returns>
    public async ValueTask<Refusal?> TypeAsync(Attachment writer, ClientFrame.Typing frame)
    {
        using var found = await lookup.FindAsync(writer, frame.Room, frame.With);
        if (found.Refusal is { } unknown) return unknown;
        if (found.Conversation is not { } conversation) return null;
        if (access.RefusalToWrite(writer, conversation) is { } refusal) return refusal;
        if (found.Partner is { } partner && !onlineUsers.CanReceive(partner)) return new Refusal(RefusalCode.NoSuchUser);
        conversation.Fanout.Type(writer.User);
        return null;
    }
}
