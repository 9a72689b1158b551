using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Takes slash-commands and the frames about commands to the pipeline, and makes frames of what comes out.</summary>
internal sealed class CommandRequests(
    CommandPipeline pipeline, CommandRegistry registry, CommandCompletion completion, UserDirectory people, ConversationRegistry conversations, OnlineUsers peers, SendRateGate rates,
    RoomAccess access, MessageSubmission speech)
{
    /// <summary>A text that begins with a slash.</summary>
    public async ValueTask<Refusal?> RunLineAsync(Attachment caller, ClientFrame.Message frame)
    {
        if (await rates.PassAsync(caller, frame.Room) is { } slow) return slow;
        var input = new CommandInput.Line(frame.Text);
        if (frame.Room is not null) return await RunInRoomAsync(caller, input, frame.Room, frame.Id);
        if (!UserName.TryParse(frame.To, out var name)) return new Refusal(RefusalCode.BadName);
        if (await people.FindAsync(name, caller.Connection.Ending) is not { } recipient) return new Refusal(RefusalCode.NoSuchUser);
        return await RunAsync(caller, new CommandCall(caller.User.ToUser(), input, caller.Texts.Language, Peer: recipient.ToUser(), Origin: caller), null, recipient, frame.Id);
    }

    public async ValueTask<Refusal?> RunFrameAsync(Attachment caller, ClientFrame.Command frame)
    {
        if (await rates.PassAsync(caller, frame.Room) is { } slow) return slow;
        var input = new CommandInput.Frame(frame.Name, frame.Args);
        if (frame.Room is not null) return await RunInRoomAsync(caller, input, frame.Room, frame.Id);
        return await RunAsync(caller, new CommandCall(caller.User.ToUser(), input, caller.Texts.Language, Origin: caller), null, null, frame.Id);
    }

    public Refusal? List(Attachment caller, string? id)
    {
        caller.KnowsCommands(); // before the list is made: a swap in between is told
        var entries = CommandListing.For(registry.Current, caller.User.ToUser(), caller.Texts.Language);
        var fit = FrameWriter.Fit(entries);
        caller.Connection.Outbox.Reply(new DaemonFrame.Commands([.. entries.Take(fit)], fit < entries.Count) { Id = id });
        return null;
    }

    public async ValueTask<Refusal?> CompleteAsync(Attachment caller, ClientFrame.Complete frame)
    {
        if (await rates.PassAsync(caller, frame.Room) is { } slow) return slow;
        if (frame.Cursor < 0 || frame.Cursor > frame.Text.Length) return new Refusal(RefusalCode.BadArguments, frame.Room);
        var room = RoomName.TryParse(frame.Room, out var name) ? caller.In(name.Key)?.Room : null;
        if (frame.Room is not null && room is null) return new Refusal(RefusalCode.NotInRoom, frame.Room);
        var call = new CommandCall(caller.User.ToUser(), new CommandInput.Line(frame.Text), caller.Texts.Language, room?.ToRoom(), Origin: caller);
        var found = await completion.CompleteAsync(call, (int?)frame.Cursor, caller.Connection.Ending);
        caller.Connection.Outbox.Reply(found with { Id = frame.Id });
        return null;
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
                return await PostAsync(caller, post, membership, recipient, id);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A command's message is one of the caller's; the empty reply behind it only says that the command is done.</summary>
    private async ValueTask<Refusal?> PostAsync(Attachment caller, CommandOutcome.Post post, Membership? membership, ChatUser? recipient, string? id)
    {
        var room = membership?.Room.Name.Text;
        if (TextRules.HasForbiddenControl(post.Text)) return new Refusal(RefusalCode.CommandFailed, room);
        if (TextRules.CodeFor(post.Text) is { } code) return new Refusal(code, room);
        if (await SpeakAsync(caller, post, membership, recipient) is { } refusal) return refusal;
        if (id is not null) caller.Connection.Outbox.Reply(new DaemonFrame.Reply("") { Id = id });
        return null;
    }

    /// <summary>Whoever was muted, or taken out of the room while the command ran, speaks by no command either.</summary>
    private async Task<Refusal?> SpeakAsync(Attachment caller, CommandOutcome.Post post, Membership? membership, ChatUser? recipient)
    {
        if (membership is { Subscriber.IsPresent: false }) return new Refusal(RefusalCode.NotInRoom, membership.Room.Name.Text);
        if (recipient is not null && !peers.CanReceive(recipient)) return new Refusal(RefusalCode.NoSuchUser);
        using var lease = membership is null ? await conversations.OpenDirectAsync(caller.User, recipient!, caller.Connection.Ending) : null;
        var conversation = membership?.Room ?? (Conversation)lease!.Conversation;
        if (access.RefusalToWrite(caller.User, conversation) is { } refusal) return refusal;
        if (!post.Ephemeral) return await SayAsync(caller, post, membership?.Subscriber ?? caller.DirectSubscriber, recipient, conversation);
        Notify(caller, post.Text, membership, recipient);
        return null;
    }

    private void Notify(Attachment caller, string text, Membership? membership, ChatUser? recipient)
    {
        var notice = Outbox.Encoded(new DaemonFrame.Notice(text, membership?.Room.Name.Text));
        if (membership is not null) membership.Room.Fanout.Notify(notice);
        else
        {
            peers.Notify(caller.User.Identity, notice);
            if (recipient!.Identity != caller.User.Identity) peers.Notify(recipient.Identity, notice);
        }
    }

    private async Task<Refusal?> SayAsync(Attachment caller, CommandOutcome.Post post, Subscriber? subscriber, ChatUser? recipient, Conversation conversation)
    {
        var outcome = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (await speech.SayAsync(caller, conversation, new Speech(subscriber, post.Text, null, recipient, post.Command, outcome)) is { } refusal) return refusal;
        return await outcome.Task is { } code ? new Refusal(code, (conversation as RoomConversation)?.Name.Text) : null;
    }
}
