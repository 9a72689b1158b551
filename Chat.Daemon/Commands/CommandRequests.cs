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
        if (await submission.PassRateAsync(caller, frame.Room) is { } slow) return slow;
        var input = new CommandInput.Line(frame.Text);
        if (frame.Room is not null) return await RunInRoomAsync(caller, input, frame.Room, frame.Id);
        if (!UserName.TryParse(frame.To, out var name)) return new Refusal(RefusalCode.BadName);
        if (await userDirectory.FindAsync(name, caller.Connection.Ending) is not { } recipient) return new Refusal(RefusalCode.NoSuchUser);
        var call = new CommandCall(caller.User.ToUser(), input, caller.Texts.Language, Peer: recipient.ToUser(), Origin: caller);
        return await RunAsync(caller, call, null, recipient, frame.Id);
    }

    public async ValueTask<Refusal?> RunFrameAsync(Attachment caller, ClientFrame.Command frame)
    {
        if (await submission.PassRateAsync(caller, frame.Room) is { } slow) return slow;
        var input = new CommandInput.Frame(frame.Name, frame.Args);
        if (frame.Room is not null) return await RunInRoomAsync(caller, input, frame.Room, frame.Id);
        var call = new CommandCall(caller.User.ToUser(), input, caller.Texts.Language, Origin: caller);
        return await RunAsync(caller, call, null, null, frame.Id);
    }

    private async ValueTask<Refusal?> RunInRoomAsync(Attachment caller, CommandInput input, string room, string? id)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        if (caller.In(name.Key) is not { } membership) return new Refusal(RefusalCode.NotInRoom, name.Text);
        var call = new CommandCall(caller.User.ToUser(), input, caller.Texts.Language, membership.Room.ToRoom(), Origin: caller);
        return await RunAsync(caller, call, membership, null, id);
    }

    private async ValueTask<Refusal?> RunAsync(Attachment caller, CommandCall call, Membership? membership, ChatUser? recipient, string? id)
    {
        var room = membership?.Room.Name.Text;
        switch (await pipeline.RunAsync(call, caller.Connection.Ending))
        {
            case CommandOutcome.Refused refused:
                return refused.Refusal with { Room = room };
            case CommandOutcome.Reply reply:
                caller.Connection.Outbox.Reply(new DaemonFrame.Reply(reply.Text, reply.Data) { Id = id });
                return null;
            case CommandOutcome.Post post:
                if (await posts.PostAsync(caller, post, membership, recipient) is { } notPosted) return notPosted;
                // The message is the command's answer. The empty reply says that the command is done.
                if (id is not null) caller.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
