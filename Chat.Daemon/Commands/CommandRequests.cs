using System.Diagnostics;
using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Takes slash-commands and <c>command</c> frames to the pipeline, and answers with what comes out.</summary>
internal sealed class CommandRequests(
    CommandPipeline pipeline, CommandPosts posts, MessageSubmission submission, UserDirectory userDirectory)
{
    /// <summary>Runs a text that begins with a slash.</summary>
    public async ValueTask<Refusal?> RunLineAsync(Attachment caller, ClientFrame.Message frame)
    {
        if (await submission.PassRateAsync(caller) is { } slow) return slow;
        var (place, refusal) = frame.Room is null ? await FindUserAsync(caller, frame.To) : FindRoom(caller, frame.Room);
        if (refusal is not null) return refusal;
        var call = new CommandCall.Line(caller.User.ToUser(), frame.Text, caller.Texts.Language)
        {
            Room = place.Room,
            OwnsRoom = place.IsOwn(caller),
            Recipient = place.Recipient?.ToUser(),
            Origin = caller,
        };
        return await RunAsync(caller, call, place, frame.Id);
    }

    public async ValueTask<Refusal?> RunFrameAsync(Attachment caller, ClientFrame.Command frame)
    {
        if (await submission.PassRateAsync(caller) is { } slow) return slow;
        var (place, refusal) = frame.Room is null ? default : FindRoom(caller, frame.Room);
        if (refusal is not null) return refusal;
        var call = new CommandCall.Frame(caller.User.ToUser(), frame.Name, frame.Args, caller.Texts.Language)
        {
            Room = place.Room,
            OwnsRoom = place.IsOwn(caller),
            Origin = caller,
        };
        return await RunAsync(caller, call, place, frame.Id);
    }

    private static (CallPlace Place, Refusal? Refusal) FindRoom(Attachment caller, string room)
    {
        if (!RoomName.TryParse(room, out var name)) return (default, new(RefusalCode.BadName, room));
        return caller.In(name.Key) is { } membership ? (new(membership, null), null) : (default, new(RefusalCode.NotInRoom, name.Text));
    }

    private async ValueTask<(CallPlace Place, Refusal? Refusal)> FindUserAsync(Attachment caller, string? to)
    {
        if (!UserName.TryParse(to, out var name)) return (default, new(RefusalCode.BadName));
        var recipient = await userDirectory.FindAsync(name, caller.Connection.Ending);
        return recipient is null ? (default, new(RefusalCode.NoSuchUser)) : (new(null, recipient), null);
    }

    private async ValueTask<Refusal?> RunAsync(Attachment caller, CommandCall call, CallPlace place, string? id)
    {
        switch (await pipeline.RunAsync(call, caller.Connection.Ending))
        {
            case CommandOutcome.Refused refused:
                return refused.Refusal with { Room = place.Membership?.Room.Name.Text };
            case CommandOutcome.Reply reply:
                caller.Connection.Outbox.Reply(new DaemonFrame.Reply(reply.Text, reply.Data) { Id = id });
                return null;
            case CommandOutcome.Post post:
                if (await posts.PostAsync(caller, post, place.Membership, place.Recipient) is { } notPosted) return notPosted;
                // The message is the command's answer. The empty reply says that the command is done.
                if (id is not null) caller.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
                return null;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The conversation that a command is called in: a room, a direct conversation, or none.</summary>
    private readonly record struct CallPlace(Membership? Membership, ChatUser? Recipient)
    {
        public Room? Room => Membership?.Room.ToRoom();

        public bool IsOwn(Attachment caller) => Membership is { Room: var room } && RoomAccess.IsOwner(caller.User, room);
    }
}
