using System.Text.Json;

namespace Chat.Daemon.Commands;

/// <summary>One request to run a command, from a line or a frame.</summary>
/// <param name="Origin">What the host knows the caller's connection by; capabilities find it in the invocation's scope.</param>
/// <param name="Room">Where it was issued; the session has checked that the caller is in it.</param>
/// <param name="Peer">The other user, where it was issued in a direct conversation.</param>
internal sealed record CommandCall(User Caller, CommandInput Input, string Language, Room? Room = null, User? Peer = null, object? Origin = null)
{
    public CommandContext ContextOf(CommandDescriptor command, string id, CancellationToken aborted) => new()
    {
        InvocationId = id, Command = command.Name, Caller = Caller, Room = Room, Peer = Peer, Language = CommandTexts.In(Language).Language, Aborted = aborted,
    };
}

internal abstract record CommandInput
{
    private CommandInput()
    {
    }

    /// <param name="Text">With its slash.</param>
    public sealed record Line(string Text) : CommandInput;

    public sealed record Frame(string Name, IReadOnlyDictionary<string, JsonElement>? Args) : CommandInput;
}
