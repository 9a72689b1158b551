using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>Answers <c>join</c> and <c>leave</c> frames.</summary>
internal sealed partial class RoomRequests(
    ConversationRegistry conversationRegistry, RoomAccess access, RoomEntry entry, OptionsSource options, ILogger<RoomRequests> logger)
{
    /// <summary>The rooms that a login asks for, each once; the default room if it names none.</summary>
    public bool TryParseNames(ClientFrame.Login login, out List<RoomName> names, [NotNullWhen(false)] out Refusal? refusal)
    {
        names = [];
        refusal = null;
        foreach (var text in login.Rooms ?? [options.Current.DefaultRoom.Text])
        {
            if (!RoomName.TryParse(text, out var name)) refusal = new Refusal(RefusalCode.BadName);
            else if (!names.Contains(name)) names.Add(name);
        }
        if (names.Count > ProtocolLimits.RoomsPerConnection) refusal = new Refusal(RefusalCode.TooManyRooms);
        return refusal is null;
    }

    public async ValueTask<Refusal?> JoinAsync(Attachment attachment, ClientFrame.Join frame)
    {
        if (!RoomName.TryParse(frame.Room, out var name)) return new Refusal(RefusalCode.BadName, frame.Room);
        if (frame.After < 0) return new Refusal(RefusalCode.BadArguments, name.Text);
        return await JoinAsync(attachment, name, frame.After, frame.Id);
    }

    /// <summary>Joins the room, and creates it if there is none. If the connection is in it already, only repeats <c>joined</c>.</summary>
    public async ValueTask<Refusal?> JoinAsync(Attachment attachment, RoomName name, long? after, string? id)
    {
        while (!attachment.IsOver)
        {
            if (attachment.In(name.Key) is { } present)
            {
                if (await entry.RepeatAsync(attachment, present, after, id)) return null;
                continue; // removed meanwhile: it joins again
            }
            var (outcome, refusal) = await TryJoinAsync(attachment, name, after, id);
            if (outcome == RoomEntry.Outcome.Removed) return new Refusal(RefusalCode.Forbidden, name.Text);
            if (outcome != RoomEntry.Outcome.NotAdded) return refusal;
        }
        return new Refusal(RefusalCode.Unavailable, name.Text);
    }

    public Refusal? Leave(Attachment attachment, ClientFrame.Leave frame)
    {
        if (!RoomName.TryParse(frame.Room, out var name)) return new Refusal(RefusalCode.BadName, frame.Room);
        if (attachment.In(name.Key) is not { } membership) return new Refusal(RefusalCode.NotInRoom, name.Text);
        Leave(attachment, membership, frame.Id);
        return null;
    }

    public void Leave(Attachment attachment, Membership membership, string? id)
    {
        attachment.Leave(membership, new DaemonFrame.Left(membership.Room.Name.Text) { Id = id });
        LogRoomLeft(logger, attachment.Session.Id, membership.Room.Name.Text);
    }

    /// <summary>Creates a private room and joins it.</summary>
    public async ValueTask<Refusal?> CreatePrivateAsync(Attachment attachment, RoomName name, CancellationToken cancellation)
    {
        // The default room is everybody's, even before anybody has been in it.
        if (name.Equals(options.Current.DefaultRoom)) return new Refusal(RefusalCode.NameTaken, name.Text);
        using (var existing = await conversationRegistry.FindRoomAsync(name, cancellation))
            if (existing is not null) return new Refusal(RefusalCode.NameTaken, name.Text);
        if (!await access.MayCreateAsync(attachment.User, cancellation)) return new Refusal(RefusalCode.Forbidden, name.Text);
        // One write creates the room and makes it private: a user who joined in between would stay.
        using var lease = await conversationRegistry.CreatePrivateRoomAsync(name, attachment.User.Identity);
        return lease is null ? new Refusal(RefusalCode.NameTaken, name.Text) : await JoinAsync(attachment, name, null, null);
    }

    private async ValueTask<(RoomEntry.Outcome Outcome, Refusal? Refusal)> TryJoinAsync(
        Attachment attachment, RoomName name, long? after, string? id)
    {
        var (lease, refusal) = await FindToJoinAsync(attachment, name);
        if (lease is null) return (default, refusal);
        var outcome = RoomEntry.Outcome.NotAdded;
        try
        {
            outcome = await entry.EnterAsync(attachment, lease, after, id);
            return (outcome, null);
        }
        finally
        {
            if (outcome == RoomEntry.Outcome.NotAdded) lease.Dispose();
        }
    }

    /// <summary>The room, created if there is none; or why the user may not join it.</summary>
    private async ValueTask<(Lease<RoomConversation>? Lease, Refusal? Refusal)> FindToJoinAsync(Attachment attachment, RoomName name)
    {
        var ending = attachment.Connection.Ending;
        if (attachment.Rooms.Count >= ProtocolLimits.RoomsPerConnection) return (null, new Refusal(RefusalCode.TooManyRooms, name.Text));
        if (await conversationRegistry.FindRoomAsync(name, ending) is not { } lease)
        {
            if (!access.May(attachment.User, PermissionTable.JoinRoom)) return (null, new Refusal(RefusalCode.Forbidden, name.Text));
            if (await CreateAsync(attachment, name, ending) is not { } created)
                return (null, new Refusal(RefusalCode.NoSuchRoom, name.Text));
            lease = created;
        }
        try
        {
            if (await RefusalToEnterAsync(attachment.User, lease.Conversation, ending) is not { } code) return (lease, null);
            lease.Dispose();
            return (null, new Refusal(code, name.Text));
        }
        catch (Exception)
        {
            lease.Dispose();
            throw;
        }
    }

    private async ValueTask<string?> RefusalToEnterAsync(ChatUser user, RoomConversation room, CancellationToken cancellation)
    {
        if (!await access.MayEnterAsync(user, room, cancellation)) return RefusalCode.NoSuchRoom;
        return access.May(user, PermissionTable.JoinRoom, room) ? null : RefusalCode.Forbidden;
    }

    /// <summary>The default room may be created by everybody, whatever the permission says.</summary>
    private async ValueTask<Lease<RoomConversation>?> CreateAsync(Attachment attachment, RoomName name, CancellationToken cancellation)
    {
        if (!name.Equals(options.Current.DefaultRoom) && !await access.MayCreateAsync(attachment.User, cancellation)) return null;
        return await conversationRegistry.OpenRoomAsync(name, attachment.User.Identity, cancellation);
    }

    [LoggerMessage(EventId = 232, EventName = "RoomLeft", Level = LogLevel.Information, Message = "Room left: session {Session}, {Room}")]
    private static partial void LogRoomLeft(ILogger logger, long session, string room);
}
