using System.Collections.Immutable;
using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Answers <c>members</c> frames. A page costs what it carries, however many are in the room.</summary>
internal sealed class MemberRequests(PageTurns turns)
{
    /// <summary>No entry is shorter: <c>{"user":"a","roles":["guest"]},</c>.</summary>
    private const int MostPerFrame = ProtocolLimits.DaemonFrameBytes / 31;

    public async ValueTask<Refusal?> ListAsync(Attachment attachment, ClientFrame.Members frame)
    {
        if (!RoomName.TryParse(frame.Room, out var name)) return new Refusal(RefusalCode.BadName, frame.Room);
        if (attachment.In(name.Key) is not { } membership) return new Refusal(RefusalCode.NotInRoom, name.Text);
        UserName? after = null;
        if (frame.After is not null && !UserName.TryParse(frame.After, out after)) return new Refusal(RefusalCode.BadName, name.Text);
        using var turn = await turns.TakeAsync(attachment.Connection.Ending);
        var fanout = membership.Room.Fanout;
        if (fanout.List(membership.Subscriber) is not { } list) return new Refusal(RefusalCode.NotInRoom, name.Text);
        Piece? answer = null;
        var isAnswered = false;
        try
        {
            answer = Outbox.Encoded(PageOf(membership.Room, list.Present, after) with { Id = frame.Id });
        }
        finally
        {
            isAnswered = fanout.Close(membership.Subscriber, list.Cut, answer);
        }
        return isAnswered ? null : new Refusal(RefusalCode.NotInRoom, name.Text);
    }

    private static DaemonFrame.Members PageOf(RoomConversation room, ImmutableSortedSet<RoomMember> present, UserName? after)
    {
        var first = after is null ? 0 : IndexAfter(present, after);
        var entries = present.Skip(first).Take(MostPerFrame).Select(m => new MemberEntry(m.Name.Text, m.User.Roles)).ToList();
        var fit = FrameWriter.Fit(entries);
        return new DaemonFrame.Members(room.Name.Text, entries.GetRange(0, fit), More: first + fit < present.Count);
    }

    /// <summary>Where the names after the given one begin.</summary>
    private static int IndexAfter(ImmutableSortedSet<RoomMember> present, UserName name)
    {
        var (low, high) = (0, present.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(present[middle].Name.Key, name.Key) > 0) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
