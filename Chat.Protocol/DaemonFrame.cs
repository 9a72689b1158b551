using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>Frames from daemon to client: a closed set, one record for each type. <c>docs/protocol.md</c> specifies the fields.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Joined), "joined")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Presence), "presence")]
[JsonDerivedType(typeof(Reply), "reply")]
[JsonDerivedType(typeof(Commands), "commands")]
[JsonDerivedType(typeof(CommandsChanged), "commands_changed")]
[JsonDerivedType(typeof(Completions), "completions")]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Members), "members")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(Error), "error")]
[JsonDerivedType(typeof(Pong), "pong")]
[JsonDerivedType(typeof(Bye), "bye")]
public abstract record DaemonFrame
{
    private DaemonFrame()
    {
    }

    /// <summary>The <c>id</c> of the frame that this answers; null if it answers none.</summary>
    public string? Id { get; init; }

    public sealed record Hello(string Server, string Version, int Protocol, HelloLimits Limits) : DaemonFrame;

    public sealed record Welcome(
        string User, IReadOnlyList<string> Roles, string Token, IReadOnlyList<string> Rooms, IReadOnlyList<DirectEntry> Direct)
            : DaemonFrame;

    /// <summary>
    /// Messages up to <paramref name="Seq"/> are in <paramref name="Messages"/> or in <c>history</c>; later ones arrive live.
    /// </summary>
    /// <param name="First">The oldest <c>seq</c> still stored.</param>
    public sealed record Joined(string Room, long Seq, long First, IReadOnlyList<Message> Messages, bool More) : DaemonFrame;

    public sealed record Left(string Room, string? Reason = null) : DaemonFrame;

    /// <summary>A message as stored. Only the echo has an <see cref="DaemonFrame.Id"/>.</summary>
    /// <param name="Via">The command that posted it for its caller; null for a message that a user sent.</param>
    public sealed record Message(
        long Seq, string From, string Text, DateTimeOffset At,
        string? Room = null, string? To = null, string? Via = null, bool? Erased = null) : DaemonFrame;

    public sealed record Presence(
        string Room,
        [property: JsonPropertyName("joined")] IReadOnlyList<string>? Arrived = null,
        [property: JsonPropertyName("left")] IReadOnlyList<string>? Departed = null) : DaemonFrame;

    public sealed record Reply(string Text, JsonElement? Data = null) : DaemonFrame;

    public sealed record Commands([property: JsonPropertyName("commands")] IReadOnlyList<CommandEntry> Entries, bool More) : DaemonFrame;

    /// <summary>The list from <c>commands</c> is out of date. Sent once for each list.</summary>
    public sealed record CommandsChanged : DaemonFrame;

    /// <param name="From">UTF-16 index of the word to complete.</param>
    /// <param name="Length">UTF-16 length of the text to replace.</param>
    public sealed record Completions(
        int From, int Length, [property: JsonPropertyName("completions")] IReadOnlyList<CompletionEntry> Entries) : DaemonFrame;

    public sealed record History(IReadOnlyList<Message> Messages, bool More, string? Room = null, string? With = null) : DaemonFrame;

    public sealed record Members(string Room, [property: JsonPropertyName("members")] IReadOnlyList<MemberEntry> Entries, bool More)
        : DaemonFrame;

    public sealed record Notice(string Text, string? Room = null) : DaemonFrame;

    /// <param name="RetryAfter">Milliseconds.</param>
    public sealed record Error(string Code, string Text, string? Room = null, long? RetryAfter = null) : DaemonFrame;

    public sealed record Pong : DaemonFrame;

    public sealed record Bye(string Reason) : DaemonFrame;
}
