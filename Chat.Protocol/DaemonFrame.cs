using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>What the daemon sends: a closed set, one record a frame type. <c>docs/protocol.md</c> specifies each field.</summary>
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

    /// <summary>The <c>id</c> of the frame that this answers; null where nothing asked.</summary>
    public string? Id { get; init; }

    public sealed record Hello(string Server, string Version, int Protocol, HelloLimits Limits) : DaemonFrame;

    public sealed record Welcome(
        string User, IReadOnlyList<string> Roles, string Token, IReadOnlyList<string> Rooms, IReadOnlyList<DirectEntry> Direct) : DaemonFrame;

    /// <summary>The cut: what has a number up to <paramref name="Seq"/> is in <paramref name="Messages"/> or to be had by <c>history</c>; all later ones come live behind it.</summary>
    /// <param name="First">The oldest number kept.</param>
    public sealed record Joined(string Room, long Seq, long First, IReadOnlyList<Message> Messages, bool More) : DaemonFrame;

    public sealed record Left(string Room, string? Reason = null) : DaemonFrame;

    /// <summary>A message as logged. Its <see cref="DaemonFrame.Id"/> stands only in the echo.</summary>
    /// <param name="Via">The command that posted it in the caller's name; null for a plain text.</param>
    public sealed record Message(
        long Seq, string From, string Text, DateTimeOffset At,
        string? Room = null, string? To = null, string? Via = null, bool? Erased = null) : DaemonFrame;

    public sealed record Presence(
        string Room,
        [property: JsonPropertyName("joined")] IReadOnlyList<string>? Arrived = null,
        [property: JsonPropertyName("left")] IReadOnlyList<string>? Departed = null) : DaemonFrame;

    public sealed record Reply(string Text, JsonElement? Data = null) : DaemonFrame;

    public sealed record Commands([property: JsonPropertyName("commands")] IReadOnlyList<CommandEntry> Entries, bool More) : DaemonFrame;

    /// <summary>What <c>commands</c> has told holds no more. Once for each time that it was told.</summary>
    public sealed record CommandsChanged : DaemonFrame;

    /// <param name="From">UTF-16 index in the text where the completed word begins.</param>
    /// <param name="Length">UTF-16 length of what a completion replaces.</param>
    public sealed record Completions(
        int From, int Length, [property: JsonPropertyName("completions")] IReadOnlyList<CompletionEntry> Entries) : DaemonFrame;

    public sealed record History(IReadOnlyList<Message> Messages, bool More, string? Room = null, string? With = null) : DaemonFrame;

    public sealed record Members(string Room, [property: JsonPropertyName("members")] IReadOnlyList<MemberEntry> Entries, bool More) : DaemonFrame;

    public sealed record Notice(string Text, string? Room = null) : DaemonFrame;

    /// <param name="RetryAfter">Milliseconds.</param>
    public sealed record Error(string Code, string Text, string? Room = null, long? RetryAfter = null) : DaemonFrame;

    public sealed record Pong : DaemonFrame;

    public sealed record Bye(string Reason) : DaemonFrame;
}

/// <summary>What <c>hello</c> announces; 0 is no limit.</summary>
/// <param name="Frame">Bytes of a client's frame.</param>
/// <param name="Text">Scalar values of a text.</param>
public sealed record HelloLimits(int Frame, int Text, int MessagesPerSecond, int ConnectionsPerAddress, int LoginsPerMinute);

/// <summary>A direct conversation: the other user, and the last number in it.</summary>
public sealed record DirectEntry(string User, long Seq);

public sealed record MemberEntry(string User, IReadOnlyList<string> Roles);

public sealed record CompletionEntry(string Text, string? Summary = null);

/// <summary>A command that the caller may run.</summary>
/// <param name="Where"><c>anywhere</c>, <c>room</c> or <c>direct</c>.</param>
public sealed record CommandEntry(
    string Name, IReadOnlyList<string> Aliases, string Summary, string Usage, IReadOnlyList<ParameterEntry> Parameters, string Where = "anywhere");

/// <param name="Type"><c>text</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>duration</c>, <c>user</c>, <c>room</c>, <c>choice</c>, or a plugin's own word.</param>
/// <param name="Kind"><c>argument</c>, <c>option</c>, <c>flag</c>, <c>remainder</c> or <c>variadic</c>.</param>
public sealed record ParameterEntry(
    string Name, string Type, string Kind, bool Required, string? Summary = null, string? Default = null,
    IReadOnlyList<string>? Choices = null, double? Min = null, double? Max = null);
