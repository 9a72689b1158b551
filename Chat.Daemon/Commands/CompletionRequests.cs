using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Answers <c>commands</c> and <c>complete</c> frames.</summary>
internal sealed class CompletionRequests(CommandRegistry commandRegistry, CommandCompletion completion)
{
    public Refusal? List(Attachment caller, string? id)
    {
        caller.KnowsCommands(); // before the list is made, so that a swap meanwhile is reported
        var entries = CommandListing.For(commandRegistry.Current, caller.User.ToUser(), caller.Texts.Language);
        var fit = FrameWriter.Fit(entries);
        caller.Connection.Outbox.Reply(new DaemonFrame.Commands([.. entries.Take(fit)], fit < entries.Count) { Id = id });
        return null;
    }

    public async ValueTask<Refusal?> CompleteAsync(Attachment caller, ClientFrame.Complete frame)
    {
        if (frame.Cursor < 0 || frame.Cursor > frame.Text.Length) return new Refusal(RefusalCode.BadArguments, frame.Room);
        var room = RoomName.TryParse(frame.Room, out var name) ? caller.In(name.Key)?.Room : null;
        if (frame.Room is not null && room is null) return new Refusal(RefusalCode.NotInRoom, frame.Room);
        var call = new CommandCall.Line(caller.User.ToUser(), frame.Text, caller.Texts.Language) { Room = room?.ToRoom(), Origin = caller };
        var found = await completion.CompleteAsync(call, (int?)frame.Cursor, caller.Connection.Ending);
        caller.Connection.Outbox.Reply(found with { Id = frame.Id });
        return null;
    }
}
