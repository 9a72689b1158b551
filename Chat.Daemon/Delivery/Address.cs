using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>A conversation's name on the wire.</summary>
internal abstract record Address
{
    public abstract DaemonFrame.Message Frame(LoggedMessage message);

    /// <summary>The change as a frame. A change without a number had no effect.</summary>
    public abstract DaemonFrame.Change Frame(LoggedChange change);

    protected static DaemonFrame.Message Frame(LoggedMessage m, string? room, string? to) => new(
        m.Seq, m.From, m.Erased ? "" : m.Text, TimeOf(m.AtMs), room, to, m.Via, m.Erased ? true : null, m.ReplyTo, Names(m.Mentions),
        m.Rev, m.EditedAtMs is { } editedAt ? TimeOf(editedAt) : null, Reactions(m.Reactions));

    protected static DaemonFrame.Change Frame(LoggedChange c, string? room, string? to) => new(
        c.Seq, c.Kind, c.From, TimeOf(c.AtMs), c.Rev == 0 ? null : c.Rev, room, to, c.Text, Names(c.Mentions), c.Emoji);

    private static DateTimeOffset TimeOf(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static string[]? Names(string? mentions) => mentions?.Split(' ');

    private static List<ReactionEntry>? Reactions(IReadOnlyList<LoggedReaction>? reactions) =>
        reactions is null ? null : [.. reactions.Select(r => new ReactionEntry(r.Emoji, r.Count, r.Users, r.IsMine ? true : null))];
}

internal sealed record RoomAddress(string Room) : Address
{
    public override DaemonFrame.Message Frame(LoggedMessage message) => Frame(message, Room, null);

    public override DaemonFrame.Change Frame(LoggedChange change) => Frame(change, Room, null);
}

/// <summary>The two users of a direct conversation. The one who did not send a message is its <c>to</c>.</summary>
internal sealed record DirectAddress(string One, string Other) : Address
{
    public override DaemonFrame.Message Frame(LoggedMessage message) => Frame(message, null, OtherThan(message.From));

    public override DaemonFrame.Change Frame(LoggedChange change) => Frame(change, null, OtherThan(change.From));

    private string OtherThan(string from) => from == One ? Other : One;
}
