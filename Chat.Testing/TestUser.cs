using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chat.Protocol;

namespace Chat.Testing;

/// <summary>Somebody in the chat, over a connection of their own. They enter before anybody's next line is taken up. Used by one test at a time.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The test that it is part of ends its connection.")]
public sealed class TestUser
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

    /// <summary>Is in the room from now on, and sends there what follows.</summary>
    public TestUser In(string room)
    {
        presence.Want(room);
        (this.room, peer) = (room, null);
        return this;
    }

    /// <summary>Sends what follows to that user alone.</summary>
    public TestUser To(string user)
    {
        (room, peer) = (null, user);
        return this;
    }

    /// <summary>Reads texts in that language (<c>pt-BR</c>, <c>en</c>); to be said before they enter.</summary>
    public TestUser Speaking(string language)
    {
        presence.Language = language;
        return this;
    }

    /// <summary>Connects, and enters their rooms. Needed only where it may be refused, or after they left.</summary>
    public async Task<Answer> Enters() => new($"{Name}'s login", await chat.EnterAsync(this), chat.Failures);

    /// <summary>Logs out, and stays away until they <see cref="Enters"/>.</summary>
    public async Task Leaves()
    {
        await chat.AllEnterAsync();
        await presence.LeaveAsync();
    }

    /// <summary>A text or a slash-command, to where they are, and what became of it.</summary>
    /// <exception cref="ChatTestException">There was no answer.</exception>
    public async Task<Answer> Sends(string line)
    {
        await chat.AllEnterAsync();
        if (room is null && peer is null) throw chat.Failures.Of($"{Name} is nowhere: say chat.User(\"{Name}\").In(\"geral\") or .To(\"somebody\") first.");
        var earlier = await AllBeforeAsync(line);
        var answer = await presence.Connection.AskAsync(new ClientFrame.Message(line, room, peer), $"{Name}'s {line}");
        return new($"{Name}'s {line}", answer is DaemonFrame.Reply { Text: "", Data: null } done ? OutcomeBefore(done, earlier) : answer, chat.Failures);
    }

    /// <summary>What Tab offers at the end of that line, as it would be inserted.</summary>
    public async Task<IReadOnlyList<string>> Completes(string line)
    {
        var answer = await AskAsync(new ClientFrame.Complete(line, Room: room), $"{Name}'s Tab after {line}");
        return answer is DaemonFrame.Completions found ? [.. found.Entries.Select(entry => entry.Text)]
            : throw chat.Failures.Of($"{Name}'s Tab after {line} led to {Shown.Of(answer)}");
    }

    /// <summary>The names of all commands that they may run, in their language.</summary>
    public async Task<IReadOnlyList<string>> MayRun()
    {
        var answer = await AskAsync(new ClientFrame.Commands(), $"{Name}'s list of commands");
        return answer is DaemonFrame.Commands { More: false } all ? [.. all.Entries.Select(entry => entry.Name)]
            : throw chat.Failures.Of($"{Name}'s list of commands is none, or not whole: {Shown.Of(answer)}");
    }

    /// <summary>What the help says about a command, in their language.</summary>
    /// <param name="command">Without the slash.</param>
    public async Task<string> ReadsHelp(string command) => (await Sends($"/help {command}")).ShouldReply(_ => true, "there is help").Text;

    /// <summary>A message that they have seen, or see within the deadline, and that no earlier call has taken.</summary>
    public Task<SeenMessage> ShouldSee(string text) => SeeAsync(seen => seen == text, Shown.Short(text));

    /// <inheritdoc cref="ShouldSee(string)"/>
    public Task<SeenMessage> ShouldSee(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        SeeAsync(condition, $"where {shown}");

    /// <summary>A notice that they have seen, or see within the deadline, and that no earlier call has taken.</summary>
    public Task<string> ShouldSeeNotice(string text) => NoticeAsync(seen => seen == text, Shown.Short(text));

    /// <inheritdoc cref="ShouldSeeNotice(string)"/>
    public Task<string> ShouldSeeNotice(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        NoticeAsync(condition, $"where {shown}");

    /// <summary>No message and no notice that was not asked about has come, with all that the daemon had for them by now.</summary>
    public async Task ShouldSeeNothing()
    {
        await AskAsync(new ClientFrame.Ping(), $"{Name}'s ping");
        if (presence.Connection.Arrivals.Waiting.Any(frame => frame is DaemonFrame.Message or DaemonFrame.Notice))
            throw chat.Failures.Of($"{Name} should have seen nothing. {presence.Connection.Story()}");
    }

    /// <summary>The daemon takes them out of the room.</summary>
    public async Task ShouldBeRemovedFrom(string room)
    {
        await chat.AllEnterAsync();
        await presence.Connection.TakeAsync(frame => frame is DaemonFrame.Left { Reason: not null } left && left.Room == room, $"order to {Name} to leave {room}");
        presence.IsOutOf(room);
    }

    private async Task<DaemonFrame> AskAsync(ClientFrame frame, string shown)
    {
        await chat.AllEnterAsync();
        return await presence.Connection.AskAsync(frame, shown);
    }

    /// <summary>What waits to be asked about, with all that the daemon had for them by now: none of it comes of what is sent next.</summary>
    private async Task<HashSet<DaemonFrame>> AllBeforeAsync(string line)
    {
        await presence.Connection.AskAsync(new ClientFrame.Ping(), $"{Name}'s ping before {line}");
        return new(presence.Connection.Arrivals.Waiting, ReferenceEqualityComparer.Instance);
    }

    /// <summary>An empty reply says only that the command is done: what it posted came before, and is about where it was said.</summary>
    private DaemonFrame OutcomeBefore(DaemonFrame.Reply done, HashSet<DaemonFrame> earlier) =>
        presence.Connection.Arrivals.TakeLast<DaemonFrame.Message>(message => message.Via is not null && message.From == Name && !earlier.Contains(message))
        ?? (DaemonFrame?)presence.Connection.Arrivals.TakeLast<DaemonFrame.Notice>(notice => (notice.Room is null) == (room is null) && !earlier.Contains(notice)) ?? done;

    private async Task<SeenMessage> SeeAsync(Func<string, bool> condition, string shown)
    {
        await chat.AllEnterAsync();
        var seen = (DaemonFrame.Message)await presence.Connection.TakeAsync(frame => frame is DaemonFrame.Message message && condition(message.Text), $"message to {Name} {shown}");
        return new(seen.From, seen.Text, seen.Room, seen.Via);
    }

    private async Task<string> NoticeAsync(Func<string, bool> condition, string shown)
    {
        await chat.AllEnterAsync();
        return ((DaemonFrame.Notice)await presence.Connection.TakeAsync(frame => frame is DaemonFrame.Notice notice && condition(notice.Text), $"notice to {Name} {shown}")).Text;
    }
}
