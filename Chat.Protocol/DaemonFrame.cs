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
[JsonDerivedType(typeof(Change), "change")]
[JsonDerivedType(typeof(Changes), "changes")]
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Found), "found")]
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

    public sealed record Hello(
        string Server, string Version, int Protocol, HelloLimits Limits, IReadOnlyList<string>? Features = null) : DaemonFrame;

    /// <param name="Token">Null after a login by cookie.</param>
    /// <param name="Unread">The rooms on the account's list.</param>
    public sealed record Welcome(
        string User, IReadOnlyList<string> Roles, string? Token, IReadOnlyList<string> Rooms, IReadOnlyList<DirectEntry> Direct,
        IReadOnlyList<UnreadEntry>? Unread = null) : DaemonFrame
    {
        /// <summary>Whether the user has no account.</summary>
        [JsonIgnore]
        public bool IsGuest => Roles.Contains("guest");
    }

    /// <summary>
    /// Messages up to <paramref name="Seq"/> are in <paramref name="Messages"/> or in <c>history</c>; later ones arrive live.
    /// </summary>
    /// <param name="First">The oldest <c>seq</c> still stored.</param>
    /// <param name="Log">Identifies the numbering. If it differs, discard your copies and numbers.</param>
    /// <param name="Rev">The last change: messages up to <paramref name="Seq"/> have changed since only by frames that follow.</param>
    /// <param name="Changed">Messages that had changed since the <c>rev</c> that the client gave.</param>
    /// <param name="MoreChanges">All of them are to be fetched with <c>changes</c>.</param>
    public sealed record Joined(
        string Room, long Seq, long First, IReadOnlyList<Message> Messages, bool More,
        string Log = "", long Rev = 0, string? Topic = null, IReadOnlyList<Message>? Changed = null, bool? MoreChanges = null)
            : DaemonFrame;

    public sealed record Left(string Room, string? Reason = null) : DaemonFrame;

    /// <summary>A message as stored. Only the echo has an <see cref="DaemonFrame.Id"/>.</summary>
    /// <param name="Via">The command that posted it for its caller; null for a message that a user sent.</param>
    /// <param name="ReplyTo">The <c>seq</c> of the message that it answers.</param>
    /// <param name="Mentions">The accounts that it mentions.</param>
    /// <param name="Rev">The last change to it, in lists.</param>
    /// <param name="Edited">When its text was last replaced, in lists.</param>
    /// <param name="With">In <c>found</c>: the other user of its direct conversation.</param>
    public sealed record Message(
        long Seq, string From, string Text, DateTimeOffset At,
        string? Room = null, string? To = null, string? Via = null, bool? Erased = null,
        long? ReplyTo = null, IReadOnlyList<string>? Mentions = null,
        long? Rev = null, DateTimeOffset? Edited = null, IReadOnlyList<ReactionEntry>? Reactions = null,
        string? With = null) : DaemonFrame;

    /// <summary>A change of a message. Only the answer has an <see cref="DaemonFrame.Id"/>.</summary>
    /// <param name="Rev">Its number; null if there was nothing to do.</param>
    /// <param name="Kind">See <see cref="ChangeKind"/>.</param>
    /// <param name="From">Who changed it.</param>
    /// <param name="Text">The new text of an edit; null in the answer to one that was applied before.</param>
    public sealed record Change(
        long Seq, string Kind, string From, DateTimeOffset At, long? Rev = null,
        string? Room = null, string? To = null, string? Text = null, IReadOnlyList<string>? Mentions = null, string? Emoji = null)
            : DaemonFrame;

    /// <param name="Messages">In the order of their last change.</param>
    /// <param name="Rev">Pass it in the next <c>changes</c>.</param>
    public sealed record Changes(
        IReadOnlyList<Message> Messages, long Rev, bool More, string Log, string? Room = null, string? With = null) : DaemonFrame;

    /// <summary>The user has read up to a <c>seq</c>, on one of its connections.</summary>
    public sealed record Read(long Seq, string? Room = null, string? With = null) : DaemonFrame;

    /// <param name="Users">All that are typing there now.</param>
    public sealed record Typing(IReadOnlyList<string> Users, string? Room = null, string? With = null) : DaemonFrame;

    /// <summary>Messages of several conversations, the newest first.</summary>
    /// <param name="Before">Pass it to get the next page; null if there is none.</param>
    public sealed record Found(IReadOnlyList<Message> Messages, bool More, string? Before = null) : DaemonFrame;

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

    public sealed record History(
        IReadOnlyList<Message> Messages, bool More, string? Room = null, string? With = null, string Log = "", long Rev = 0) : DaemonFrame;

    public sealed record Members(string Room, [property: JsonPropertyName("members")] IReadOnlyList<MemberEntry> Entries, bool More)
        : DaemonFrame;

    public sealed record Notice(string Text, string? Room = null) : DaemonFrame;

    /// <param name="RetryAfter">Milliseconds.</param>
    public sealed record Error(string Code, string Text, string? Room = null, long? RetryAfter = null) : DaemonFrame;

    public sealed record Pong : DaemonFrame;

    /// <param name="Elsewhere">Other nodes of a cluster that shuts this one down, such as <c>tcp://10.0.0.2:5050</c>.</param>
    public sealed record Bye(string Reason, IReadOnlyList<string>? Elsewhere = null) : DaemonFrame;
}
