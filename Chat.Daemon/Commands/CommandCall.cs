namespace Chat.Daemon.Commands;

/// <summary>One request to run a command.</summary>
/// <param name="Origin">The caller's attachment, for the capabilities in the invocation's scope.</param>
/// <param name="Room">The room of the call; the caller is in it.</param>
/// <param name="Peer">The other user of the direct conversation of the call.</param>
internal sealed record CommandCall(User Caller, CommandInput Input, string Language, Room? Room = null, User? Peer = null, object? Origin = null)
{
    public CommandContext ContextOf(CommandDescriptor command, string id, CancellationToken aborted) => new()
    {
        InvocationId = id, Command = command.Name, Caller = Caller, Room = Room, Peer = Peer, Language = CommandTexts.In(Language).Language, Aborted = aborted,
    };
}
