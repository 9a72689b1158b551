using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Retention;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Deletes rooms, each in the turn of its name: a room of that name that is created afterwards is another conversation. Safe from any
/// thread.
/// </summary>
internal sealed class RoomDeletion(
    ConversationRegistry conversationRegistry, RoomRemoval removal, RoomAccess access, EventBus eventBus, SecurityLog security)
{
    /// <summary>
    /// Deletes the room with its messages, and takes everybody out of it. Messages in flight are stored and echoed before; later ones are
    /// refused.
    /// </summary>
    /// <returns>Null if the room is deleted.</returns>
    public async Task<Refusal?> DeleteAsync(RoomConversation room, ChatUser by, CancellationToken cancellation)
    {
        if (access.RefusalToDelete(by, room) is { } refusal) return refusal;
        using var turn = await conversationRegistry.TakeTurnAsync(room.Name, cancellation);
        if (!conversationRegistry.IsLive(room)) return new Refusal(RefusalCode.NoSuchRoom, room.Name.Text);
        var isDeleted = false;
        try
        {
            await room.Sequencer.PauseAsync().WaitAsync(cancellation);
            await removal.DeleteAsync(room.Id);
            isDeleted = true;
        }
        finally
        {
            if (!isDeleted) room.Sequencer.Resume();
        }
        conversationRegistry.Remove(room);
        room.Fanout.Close(new DaemonFrame.Left(room.Name.Text, LeftReason.Deleted));
        room.Sequencer.Close();
        eventBus.Deleted(room.ToRoom(), by);
        security.RoomDeleted(room.Name.Text, by.Name.Text);
        return null;
    }

    /// <summary>Deletes a public room that nobody is in, and that has no message, no topic and no rule of its own.</summary>
    /// <returns>False if it is used, or is gone.</returns>
    public async Task<bool> DeleteIfUnusedAsync(ConversationId id, RoomName name, CancellationToken cancellation)
    {
        using var turn = await conversationRegistry.TakeTurnAsync(name, cancellation);
        if (!await removal.IsUnusedAsync(id, cancellation)) return false;
        if (!conversationRegistry.TryRemoveIdle(id) || !await removal.DeleteIfUnusedAsync(id)) return false;
        eventBus.Deleted(new Room($"{id.Value}", name.Text), by: null);
        return true;
    }
}
