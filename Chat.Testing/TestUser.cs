using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chat.Protocol;

namespace Chat.Testing;

/// <summary>A user with a connection of their own. They log in before the next line of any user is sent. Not thread-safe.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "ChatTest disposes it.")]
public sealed partial class TestUser
{
    private readonly ChatTest chat;
    private readonly UserPresence presence;
    private string? room;
    private string? peer;

    internal TestUser(ChatTest chat, string name, Role role)
    {
        (this.chat, Name, Role) = (chat, name, role);
        presence = new(name, role, chat.Failures);
    }

    public string Name { get; }

    public Role Role { get; }

    internal UserPresence Presence => presence;

    /// <summary>Joins the room, and sends the following lines there.</summary>
    public TestUser In(string room)
    {
        presence.Want(room);
        (this.room, peer) = (room, null);
        return this;
    }

    /// <summary>Sends the following lines to this user as direct messages.</summary>
    public TestUser To(string user)
    {
        (room, peer) = (null, user);
        return this;
    }

    /// <summary>Sets the language of the user (<c>pt-BR</c> or <c>en</c>). Call it before the user logs in.</summary>
    public TestUser Speaking(string language)
    {
        presence.Language = language;
        return this;
    }

    /// <summary>Logs in and joins the rooms. You need it only if that may be refused, or after <see cref="Leaves"/>.</summary>
    public async Task<Answer> Enters() => new($"{Name}'s login", await chat.EnterAsync(this), chat.Failures);

    /// <summary>Logs out, and stays away until <see cref="Enters"/>.</summary>
    public async Task Leaves()
    {
        await chat.AllEnterAsync();
        await presence.LeaveAsync();
    }

    /// <summary>Sends a text or a command to the current room or user, and returns the outcome.</summary>
    /// <exception cref="ChatTestException">No answer came.</exception>
    public Task<Answer> Sends(string line) => SendAsync(line, null);

    /// <summary>Shows others in the current conversation that the user is typing. When it completes, the daemon has told them.</summary>
    public async Task Types()
    {
        await chat.AllEnterAsync();
        if (room is null && peer is null) throw InNoConversation();
        await presence.Connection.TellAsync(new ClientFrame.Typing(room, peer), $"{Name}'s typing");
        await presence.Connection.AskAsync(new ClientFrame.Ping(), $"{Name}'s ping after typing");
    }

    /// <summary>The completions at the end of the line, as Tab would insert them.</summary>
    public async Task<IReadOnlyList<string>> Completes(string line)
    {
        var answer = await AskAsync(new ClientFrame.Complete(line, Room: room), $"{Name}'s Tab after {line}");
        return answer is DaemonFrame.Completions found ? [.. found.Entries.Select(entry => entry.Text)]
            : throw chat.Failures.Of($"{Name}'s Tab after {line} did not give completions, but {Shown.Of(answer)}");
    }

    /// <summary>The names of the commands that the user may run, in their language.</summary>
    public async Task<IReadOnlyList<string>> MayRun()
    {
        var answer = await AskAsync(new ClientFrame.Commands(), $"{Name}'s list of commands");
        return answer is DaemonFrame.Commands { More: false } all ? [.. all.Entries.Select(entry => entry.Name)]
            : throw chat.Failures.Of($"{Name}'s list of commands is missing or incomplete: {Shown.Of(answer)}");
    }

    /// <summary>The help text of a command, in the user's language.</summary>
    /// <param name="command">Without the slash.</param>
    public async Task<string> ReadsHelp(string command) => (await Sends($"/help {command}")).ShouldReply(_ => true, "the help text").Text;

    /// <summary>Waits up to 10 s for a message that no earlier call has returned.</summary>
    public Task<SeenMessage> ShouldSee(string text) => SeeAsync(seen => seen == text, Shown.Short(text));

    /// <inheritdoc cref="ShouldSee(string)"/>
    public Task<SeenMessage> ShouldSee(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        SeeAsync(condition, $"where {shown}");

    /// <summary>Waits up to 10 s for a notice that no earlier call has returned.</summary>
    public Task<string> ShouldSeeNotice(string text) => NoticeAsync(seen => seen == text, Shown.Short(text));

    /// <inheritdoc cref="ShouldSeeNotice(string)"/>
    public Task<string> ShouldSeeNotice(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        NoticeAsync(condition, $"where {shown}");

    /// <summary>
    /// Waits up to 10 s for the list of all who are typing, in any order. The first one is told at once; then a list follows each second
    /// of <see cref="ChatTest.Time"/>, if it is another one.
    /// </summary>
    public async Task ShouldSeeTyping(params string[] users)
    {
        await chat.AllEnterAsync();
        await presence.Connection.TakeAsync(
            frame => frame is DaemonFrame.Typing typing && typing.Users.Order().SequenceEqual(users.Order()),
            $"list to {Name} of who is typing: {Shown.Users(users)}");
    }

    /// <summary>No message, no change of one and no notice is left that no earlier call has returned.</summary>
    public async Task ShouldSeeNothing()
    {
        await AskAsync(new ClientFrame.Ping(), $"{Name}'s ping");
        if (presence.Connection.Arrivals.Waiting.Any(frame => frame is DaemonFrame.Message or DaemonFrame.Change or DaemonFrame.Notice))
            throw chat.Failures.Of($"{Name} should have seen nothing. {presence.Connection.ArrivedFrames()}");
    }

    /// <summary>Waits up to 10 s for the daemon to remove the user from the room.</summary>
    public async Task ShouldBeRemovedFrom(string room)
    {
        await chat.AllEnterAsync();
        await presence.Connection.TakeAsync(
            frame => frame is DaemonFrame.Left { Reason: not null } left && left.Room == room, $"removal of {Name} from {room}");
        presence.IsOutOf(room);
    }

    private async Task<Answer> SendAsync(string line, long? replyTo)
    {
        await chat.AllEnterAsync();
        if (room is null && peer is null) throw InNoConversation();
        var earlier = await AllBeforeAsync(line);
        var answer = await presence.Connection.AskAsync(new ClientFrame.Message(line, room, peer, replyTo), $"{Name}'s {line}");
        var outcome = answer is DaemonFrame.Reply { Text: "", Data: null } done ? OutcomeBefore(done, earlier) : answer;
        return new($"{Name}'s {line}", outcome, chat.Failures);
    }

    private ChatTestException InNoConversation() =>
        chat.Failures.Of($"{Name} is in no conversation. Call chat.User(\"{Name}\").In(\"geral\") or .To(\"somebody\") first.");

    private async Task<DaemonFrame> AskAsync(ClientFrame frame, string shown)
    {
        await chat.AllEnterAsync();
        return await presence.Connection.AskAsync(frame, shown);
    }

    /// <summary>The frames that have arrived before the line is sent, so that they are not taken for its outcome.</summary>
    private async Task<HashSet<DaemonFrame>> AllBeforeAsync(string line)
    {
        await presence.Connection.AskAsync(new ClientFrame.Ping(), $"{Name}'s ping before {line}");
        return new(presence.Connection.Arrivals.Waiting, ReferenceEqualityComparer.Instance);
    }

    /// <summary>An empty reply only ends the command. What it posted arrived before, in the same conversation.</summary>
    private DaemonFrame OutcomeBefore(DaemonFrame.Reply done, HashSet<DaemonFrame> earlier)
    {
        var arrivals = presence.Connection.Arrivals;
        return arrivals.TakeLast<DaemonFrame.Message>(m => m.Via is not null && m.From == Name && !earlier.Contains(m))
            ?? arrivals.TakeLast<DaemonFrame.Notice>(n => (n.Room is null) == (room is null) && !earlier.Contains(n))
            ?? (DaemonFrame)done;
    }

    private async Task<SeenMessage> SeeAsync(Func<string, bool> condition, string shown)
    {
        await chat.AllEnterAsync();
        var seen = (DaemonFrame.Message)await presence.Connection.TakeAsync(
            frame => frame is DaemonFrame.Message message && condition(message.Text), $"message to {Name} {shown}");
        return new(seen.From, seen.Text, seen.Room, seen.Via)
        {
            Number = seen.Seq,
            RepliesTo = seen.ReplyTo,
            Mentions = seen.Mentions ?? [],
        };
    }

    private async Task<string> NoticeAsync(Func<string, bool> condition, string shown)
    {
        await chat.AllEnterAsync();
        var seen = (DaemonFrame.Notice)await presence.Connection.TakeAsync(
            frame => frame is DaemonFrame.Notice notice && condition(notice.Text), $"notice to {Name} {shown}");
        return seen.Text;
    }
}
