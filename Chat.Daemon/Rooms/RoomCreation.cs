using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Creates rooms, within the user's permissions and limits.</summary>
internal sealed class RoomCreation(
    ConversationRegistry conversationRegistry, RoomAccess access, RoomLimits limits, TextGate gate, OptionsSource options)
{
    /// <summary>
    /// The public room, created if there is none. Anybody creates the default room, whatever permissions and limits say and whatever looks
    /// like it.
    /// </summary>
    public async ValueTask<(Lease<RoomConversation>? Lease, Refusal? Refusal)> OpenAsync(
        Attachment creator, RoomName name, CancellationToken cancellation)
    {
        var isDefault = IsDefault(name);
        if (!isDefault && await RefusalOfPublicAsync(creator, name, cancellation) is { } refusal) return (null, refusal);
        var lease = await conversationRegistry.OpenRoomAsync(name, creator.User.Identity, mayLookAlike: isDefault, cancellation);
        return lease is null ? (null, new Refusal(RefusalCode.NameTaken, name.Text)) : (lease, null);
    }

    public async ValueTask<(Lease<RoomConversation>? Lease, Refusal? Refusal)> CreatePrivateAsync(
        Attachment creator, RoomName name, CancellationToken cancellation)
    {
        var taken = new Refusal(RefusalCode.NameTaken, name.Text);
        if (IsDefault(name)) return (null, taken); // everybody's, even before anybody has been in it
        using (var existing = await conversationRegistry.FindRoomAsync(name, cancellation))
            if (existing is not null) return (null, taken);
        if (!access.May(creator.User, PermissionTable.CreateRoom)) return (null, new Refusal(RefusalCode.Forbidden, name.Text));
        if (access.RefusalOfNew(name) is { } code) return (null, new Refusal(code, name.Text));
        if (await limits.TakeAsync(creator, name, cancellation) is { } refusal) return (null, refusal);
        // One write creates the room and makes it private: a user who joined in between would stay.
        var lease = await conversationRegistry.CreatePrivateRoomAsync(name, creator.User.Identity, cancellation);
        return lease is null ? (null, taken) : (lease, null);
    }

    /// <summary>Everybody sees the name of a public room in the list, so it is a text like any other.</summary>
    private async ValueTask<Refusal?> RefusalOfPublicAsync(Attachment creator, RoomName name, CancellationToken cancellation)
    {
        if (!access.May(creator.User, PermissionTable.CreateRoom)) return new Refusal(RefusalCode.NoSuchRoom, name.Text);
        if (access.RefusalOfNew(name) is { } code) return new Refusal(code, name.Text);
        var verdict = await gate.PassAsync(creator, new OutgoingText(DraftKind.RoomName, name.Text));
        if (verdict.Refusal is { } refusal) return refusal with { Room = name.Text };
        if (verdict.Text is null) return new Refusal(RefusalCode.Rejected, name.Text);
        return await limits.TakeAsync(creator, name, cancellation);
    }

    private bool IsDefault(RoomName name) => name.Equals(options.Current.DefaultRoom);
}
