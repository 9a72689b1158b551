using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>Frames from client to daemon: a closed set, one record for each type. <c>docs/protocol.md</c> specifies the fields.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Login), "login")]
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(Delete), "delete")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(Changes), "changes")]
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Search), "search")]
[JsonDerivedType(typeof(Mentions), "mentions")]
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(Commands), "commands")]
[JsonDerivedType(typeof(Complete), "complete")]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Members), "members")]
[JsonDerivedType(typeof(Ping), "ping")]
[JsonDerivedType(typeof(Logout), "logout")]
public abstract record ClientFrame
{
    private ClientFrame()
    {
    }

    /// <summary>Chosen by the client, at most 64 scalar values. Direct answers repeat it.</summary>
    public string? Id { get; init; }

    /// <summary>By name (a guest, or an account with a password), by the token from an earlier <c>welcome</c>, or, on a WebSocket, by the
    /// cookie of a login over HTTP.</summary>
    /// <param name="Rooms">Rooms to join; empty for none. Null for those on the account's list; of a guest, the default room.</param>
    /// <param name="Cookie">A random name that the tab keeps: with the cookie it is what a token is.</param>
    public sealed record Login(
        string? User = null, string? Password = null, string? Token = null,
        IReadOnlyList<string>? Rooms = null, string? Client = null, string? Lang = null, string? Cookie = null) : ClientFrame;

    public sealed record Register(string User, string Password, string? Invitation = null, string? Client = null, string? Lang = null)
        : ClientFrame;

    /// <param name="After">The last <c>seq</c> seen; <c>joined</c> then contains later messages.</param>
    /// <param name="Rev">The last <c>rev</c> seen; <c>joined</c> then contains what has changed since. Only with After.</param>
    public sealed record Join(string Room, long? After = null, long? Rev = null) : ClientFrame;

    public sealed record Leave(string Room) : ClientFrame;

    /// <summary>A text, or a slash-command, to either <paramref name="Room"/> or the user <paramref name="To"/>.</summary>
    /// <param name="ReplyTo">The <c>seq</c> of the message there that this one answers.</param>
    public sealed record Message(string Text, string? Room = null, string? To = null, long? ReplyTo = null) : ClientFrame;

    /// <summary>Replaces the text of a message. It is never a command.</summary>
    public sealed record Edit(long Seq, string Text, string? Room = null, string? With = null) : ClientFrame;

    /// <summary>Erases the text of a message; its number stays.</summary>
    public sealed record Delete(long Seq, string? Room = null, string? With = null) : ClientFrame;

    /// <param name="Emoji">One emoji of Unicode's RGI set, fully qualified.</param>
    /// <param name="Remove">True takes the reaction back.</param>
    public sealed record React(long Seq, string Emoji, string? Room = null, string? With = null, bool? Remove = null) : ClientFrame;

    /// <summary>Messages that have changed since, in the order of their last change.</summary>
    public sealed record Changes(long Rev, string? Room = null, string? With = null, long? Limit = null) : ClientFrame;

    /// <summary>The user has read up to a <c>seq</c>.</summary>
    public sealed record Read(long Seq, string? Room = null, string? With = null) : ClientFrame;

    /// <summary>The messages that mention the account, the newest first.</summary>
    /// <param name="Before">The <c>before</c> of the page before; null for the first page.</param>
    public sealed record Mentions(string? Before = null, long? Limit = null) : ClientFrame;

    /// <summary>The user is typing there. Never answered.</summary>
    public sealed record Typing(string? Room = null, string? With = null) : ClientFrame;

    /// <summary>Messages with all words of a text, the newest first: in one conversation, or in all that the connection sees.</summary>
    /// <param name="Text">1 to 10 words; <c>*</c> after a word finds what begins with it.</param>
    /// <param name="From">Only messages of users with that name.</param>
    /// <param name="Before">The <c>before</c> of the page before; null for the first page.</param>
    public sealed record Search(
        string Text, string? Room = null, string? With = null, string? From = null, string? Before = null, long? Limit = null)
            : ClientFrame;

    /// <param name="Args">Arguments by parameter name.</param>
    /// <param name="Room">The room to run it in; null for none.</param>
    public sealed record Command(string Name, IReadOnlyDictionary<string, JsonElement>? Args = null, string? Room = null) : ClientFrame;

    public sealed record Commands : ClientFrame;

    /// <param name="Cursor">UTF-16 index into <paramref name="Text"/>; null for its end.</param>
    public sealed record Complete(string Text, long? Cursor = null, string? Room = null) : ClientFrame;

    /// <summary>
    /// A page of a room or of a direct conversation: the first messages after <paramref name="After"/>, the last ones before
    /// <paramref name="Before"/>, or the last ones of all.
    /// </summary>
    /// <param name="RepliesTo">Only the answers to that <c>seq</c>.</param>
    public sealed record History(
        string? Room = null, string? With = null, long? After = null, long? Before = null, long? Limit = null, long? RepliesTo = null)
            : ClientFrame;

    /// <param name="After">The last name of the page before; null for the first page.</param>
    public sealed record Members(string Room, string? After = null) : ClientFrame;

    public sealed record Ping : ClientFrame;

    public sealed record Logout : ClientFrame;
}
