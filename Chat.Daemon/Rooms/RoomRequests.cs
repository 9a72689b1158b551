using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Accounts;
using Chat.Daemon.Reading;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Answers <c>join</c> and <c>leave</c> frames.</summary>
internal sealed class RoomRequests(
    ConversationRegistry conversationRegistry, RoomAccess access, RoomCreation creation, RoomEntry entry, RoomLists roomLists)
{
    /// <summary>The rooms that a login asks for, each once; null if it does not say.</summary>
    public static bool TryParseNames(ClientFrame.Login login, out List<RoomName>? names, [NotNullWhen(false)] out Refusal? refusal)
    {
        names = login.Rooms is null ? null : [];
        refusal = null;
        foreach (var text in login.Rooms ?? [])
        {
            if (!RoomName.TryParse(text, out var name)) refusal = new Refusal(RefusalCode.BadName);
            else if (!names!.Contains(name)) names.Add(name);
        }
        if (names?.Count > ProtocolLimits.RoomsPerConnection) refusal = new Refusal(RefusalCode.TooManyRooms);
        return refusal is null;
    }

    public async ValueTask<Refusal?> JoinAsync(Attachment attachment, ClientFrame.Join frame)
    {
        if (!RoomName.TryParse(frame.Room, out var name)) return new Refusal(RefusalCode.BadName, frame.Room);
        if (frame is { After: < 0 } or { Rev: < 0 } or { After: null, Rev: not null })
            return new Refusal(RefusalCode.BadArguments, name.Text);
        return await JoinAsync(attachment, name, new Known(frame.After, frame.Rev), frame.Id);
    }

    /// <summary>Joins the room, and creates it if there is none. If the connection is in it already, only repeats <c>joined</c>.</summary>
    public async ValueTask<Refusal?> JoinAsync(Attachment attachment, RoomName name, Known known, string? id)
    {
        while (!attachment.IsOver)
        {
            if (attachment.In(name.Key) is { } present)
            {
                if (await entry.RepeatAsync(attachment, present, known, id)) return null;
                continue; // removed meanwhile: it joins again
            }
            var (outcome, refusal) = await TryJoinAsync(attachment, name, known, id);
            if (outcome == RoomEntry.Outcome.Removed) return new Refusal(RefusalCode.Forbidden, name.Text);
            if (outcome != RoomEntry.Outcome.NotAdded) return refusal;
        }
        return new Refusal(RefusalCode.Unavailable, name.Text);
    }

    public async ValueTask<Refusal?> LeaveAsync(Attachment attachment, ClientFrame.Leave frame) =>
        RoomName.TryParse(frame.Room, out var name)
            ? await LeaveAsync(attachment, name, frame.Id)
            : new Refusal(RefusalCode.BadName, frame.Room);

    /// <summary>
    /// Takes the connection out of the room. The room also goes off the account's list, if only there, and the account's other connections
    /// out of it.
    /// </summary>
    public async ValueTask<Refusal?> LeaveAsync(Attachment attachment, RoomName name, string? id)
    {
        var identity = attachment.User.Identity;
        using var turn = await roomLists.TakeTurnAsync(identity, attachment.Connection.Ending);
        var membership = attachment.In(name.Key);
        using var listed = attachment.Marks is { } marks ? await roomLists.FindAsync(marks, name, attachment.Connection.Ending) : null;
        if (listed is { Conversation: { } room })
        {
            await roomLists.RemoveAsync(identity, room.Id);
            RoomEntry.LeaveElsewhere(identity, room, but: membership);
        }
        if (membership is not null && entry.Leave(attachment, membership, id)) return null;
        if (listed is null) return new Refusal(RefusalCode.NotInRoom, name.Text);
        attachment.Connection.Outbox.Reply(new DaemonFrame.Left(name.Text) { Id = id });
        return null;
    }

    /// <summary>Creates a private room and joins it.</summary>
    public async ValueTask<Refusal?> CreatePrivateAsync(Attachment attachment, RoomName name, CancellationToken cancellation)
    {
        var (created, refusal) = await creation.CreatePrivateAsync(attachment, name, cancellation);
        using var lease = created;
        return refusal ?? await JoinAsync(attachment, name, default, null);
    }

    private async ValueTask<(RoomEntry.Outcome Outcome, Refusal? Refusal)> TryJoinAsync(
        Attachment attachment, RoomName name, Known known, string? id)
    {
        var (lease, refusal) = await FindToJoinAsync(attachment, name);
        if (lease is null) return (default, refusal);
        var outcome = RoomEntry.Outcome.NotAdded;
        try
        {
            outcome = await entry.EnterAsync(attachment, lease, known, id);
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
        var tooMany = new Refusal(RefusalCode.TooManyRooms, name.Text);
        var isListFull = attachment.Marks?.Rooms >= ProtocolLimits.RoomsPerConnection;
        if (attachment.Rooms.Count >= ProtocolLimits.RoomsPerConnection) return (null, tooMany);
        if (await conversationRegistry.FindRoomAsync(name, ending) is not { } lease)
        {
            if (isListFull) return (null, tooMany);
            if (!access.May(attachment.User, PermissionTable.JoinRoom)) return (null, new Refusal(RefusalCode.Forbidden, name.Text));
            var (created, refusal) = await creation.OpenAsync(attachment, name, ending);
            if (created is null) return (null, refusal);
            lease = created;
        }
        try
        {
            var refused = await access.RefusalToEnterAsync(attachment.User, lease.Conversation, ending) is { } code
                ? new Refusal(code, name.Text)
                : isListFull && !attachment.Marks!.IsListed(lease.Conversation.Id) ? tooMany : null;
            if (refused is null) return (lease, null);
            lease.Dispose();
            return (null, refused);
        }
        catch (Exception)
        {
            lease.Dispose();
            throw;
        }
    }
}
