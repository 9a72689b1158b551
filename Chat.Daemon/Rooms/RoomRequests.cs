using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>Answers <c>join</c>, <c>leave</c> and <c>members</c> frames.</summary>
internal sealed partial class RoomRequests(
    ConversationRegistry conversationRegistry, RoomAccess access, OptionsSource options, ILogger<RoomRequests> logger)
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
        var cancellation = attachment.Connection.Ending;
        if (attachment.In(name.Key) is { } present)
        {
            await present.Room.Sequencer.ReadyAsync();
            attachment.Connection.Outbox.Reply(await JoinedAsync(present.Room, present.Room.Fanout.Cursor, after, id, cancellation));
            return null;
        }
        if (attachment.Rooms.Count >= ProtocolLimits.RoomsPerConnection) return new Refusal(RefusalCode.TooManyRooms, name.Text);
        if (await conversationRegistry.FindRoomAsync(name, cancellation) is not { } lease)
        {
            if (!access.May(attachment.User, PermissionTable.JoinRoom)) return new Refusal(RefusalCode.Forbidden, name.Text);
            if (await CreateAsync(attachment, name, cancellation) is not { } created) return new Refusal(RefusalCode.NoSuchRoom, name.Text);
            lease = created;
        }
        try
        {
            if (await RefusalToEnterAsync(attachment.User, lease.Conversation, cancellation) is not { } code)
                return await EnterAsync(attachment, lease, after, id, cancellation);
            lease.Dispose();
            return new Refusal(code, name.Text);
        }
        catch (Exception)
        {
            lease.Dispose();
            throw;
        }
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

    public static Refusal? Members(Attachment attachment, ClientFrame.Members frame)
    {
        if (!RoomName.TryParse(frame.Room, out var name)) return new Refusal(RefusalCode.BadName, frame.Room);
        if (attachment.In(name.Key) is not { Room: var room }) return new Refusal(RefusalCode.NotInRoom, name.Text);
        UserName? after = null;
        if (frame.After is not null && !UserName.TryParse(frame.After, out after)) return new Refusal(RefusalCode.BadName, name.Text);
        var members = room.Fanout.MembersAfter(after?.Key);
        var fit = FrameWriter.Fit(members);
        var page = new DaemonFrame.Members(room.Name.Text, [.. members.Take(fit)], fit < members.Count) { Id = frame.Id };
        attachment.Connection.Outbox.Reply(page);
        return null;
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

    private async ValueTask<Refusal?> EnterAsync(
        Attachment attachment, Lease<RoomConversation> lease, long? after, string? id, CancellationToken cancellation)
    {
        var room = lease.Conversation;
        await room.Sequencer.ReadyAsync();
        var subscriber = new Subscriber(attachment.Connection, attachment.User) { Language = attachment.Texts.Language };
        var cut = room.Fanout.Enter(subscriber);
        var membership = new Membership(lease, subscriber);
        if (!attachment.TryAdd(membership))
        {
            room.Fanout.Leave(subscriber);
            lease.Dispose();
            // A command has joined at the same time, or the connection is gone.
            return attachment.IsOver
                ? new Refusal(RefusalCode.Unavailable, room.Name.Text)
                : await JoinAsync(attachment, room.Name, after, id);
        }
        DaemonFrame.Joined joined;
        try
        {
            joined = await JoinedAsync(room, cut, after, id, cancellation);
        }
        catch (Exception)
        {
            attachment.Leave(membership); // its deliveries would be held back for ever
            throw;
        }
        LogRoomJoined(logger, attachment.Session.Id, room.Name.Text, cut);
        return room.Fanout.Admit(subscriber, Outbox.Encoded(joined)) ? null : new Refusal(RefusalCode.Forbidden, room.Name.Text);
    }

    private static async ValueTask<DaemonFrame.Joined> JoinedAsync(
        RoomConversation room, long cut, long? after, string? id, CancellationToken cancellation)
    {
        var page = after is { } seen ? await room.ReadAfterAsync(seen, cut, ProtocolLimits.HistoryMax, cancellation) : Page.Empty;
        var first = await room.FirstAsync(cancellation);
        return new DaemonFrame.Joined(room.Name.Text, cut, first, page.Messages, page.More) { Id = id };
    }

    [LoggerMessage(EventId = 231, EventName = "RoomJoined", Level = LogLevel.Information,
        Message = "Room joined: session {Session}, {Room}, last message {Seq}")]
    private static partial void LogRoomJoined(ILogger logger, long session, string room, long seq);

    [LoggerMessage(EventId = 232, EventName = "RoomLeft", Level = LogLevel.Information, Message = "Room left: session {Session}, {Room}")]
    private static partial void LogRoomLeft(ILogger logger, long session, string room);
}
