using System.Text.Json;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// One session with a daemon. After the login it survives lost connections: it reconnects, rejoins its rooms, fetches missed messages,
/// and sends each message and change without an answer again, with the same id. Commands are never sent again. Thread-safe.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions options;
    private readonly Session session;
    private readonly MessageIds ids = new();
    private readonly SemaphoreSlim entering = new(1, 1);
    private readonly AddressRing addresses;
    private Connection? early;
    private int disposals;
    private Task running = Task.CompletedTask;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ChatClient(ChatClientOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Unacknowledged, ProtocolLimits.RememberedIds);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Unacknowledged, options.Window);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EventCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.PageSize, Math.Clamp(options.PageSize, 1, ProtocolLimits.HistoryMax));
        this.options = options;
        addresses = new AddressRing(options);
        session = new Session(options);
    }

    /// <summary>The daemon's greeting, with its limits; null before <see cref="ConnectAsync"/>.</summary>
    public DaemonFrame.Hello? Hello { get; private set; }

    /// <summary>The answer to the login; null before it. Its token is a secret: it resumes the session in a later run.</summary>
    public DaemonFrame.Welcome? Welcome { get; private set; }

    /// <summary>The rooms of the session. Current as of the latest answer; events may lag behind.</summary>
    public IReadOnlyList<string> Rooms => session.Inbox.Rooms;

    /// <inheritdoc cref="Session.RoomChanged"/>
    internal Action<RoomChange>? RoomChanged
    {
        set => session.RoomChanged = value;
    }

    /// <inheritdoc cref="Session.CommandsChanged"/>
    internal Action? CommandsChanged
    {
        set => session.CommandsChanged = value;
    }

    /// <inheritdoc cref="Outbound.Held"/>
    internal Action<Conversation, TimeSpan>? Held
    {
        set => session.Outbound.Held = value;
    }

    /// <summary>Connects and awaits <c>hello</c>. Optional: logging in connects too. Call it to see the limits first.</summary>
    /// <exception cref="ChatConnectionException">Could not connect.</exception>
    public async Task<DaemonFrame.Hello> ConnectAsync(CancellationToken ct = default)
    {
        if (early is not null && Hello is not null) return Hello;
        (early, Hello) = await Handshake.ConnectToAnyAsync(addresses, options, ct).ConfigureAwait(false);
        return Hello;
    }

    /// <summary>Starts a session, or resumes one with its token. You can retry after a refusal, but log in only once.</summary>
    /// <exception cref="ChatConnectionException">Could not connect.</exception>
    public Task<Answer<DaemonFrame.Welcome>> LoginAsync(LoginRequest request, CancellationToken ct = default) =>
        EnterAsync(new ClientFrame.Login(request.User, request.Password, request.Token, request.Rooms, options.Program, options.Language),
            ct);

    /// <summary>Creates an account and logs in to it, without joining a room.</summary>
    /// <param name="invitation">An invitation code; null if the daemon requires none.</param>
    /// <inheritdoc cref="LoginAsync"/>
    public Task<Answer<DaemonFrame.Welcome>> RegisterAsync(string user, string password, string? invitation = null,
        CancellationToken ct = default) =>
        EnterAsync(new ClientFrame.Register(user, password, invitation, Client: options.Program, Lang: options.Language), ct);

    /// <summary>
    /// Messages and everything else that arrives. One reader at a time. If you read slowly, the client stops reading the socket, so memory
    /// stays bounded. Ends after <see cref="ChatEvent.SessionEnded"/>.
    /// </summary>
    public IAsyncEnumerable<ChatEvent> Events(CancellationToken ct = default) => session.ReadAsync(ct);

    /// <summary>
    /// Sends a text and awaits its echo: the message as stored, which survives a crash of the daemon. A leading <c>/</c> is sent as is
    /// and runs no command. Calls from one thread keep their order within a conversation, awaited or not. Cancelling stops waiting for
    /// the echo; the message may still be sent. If a filter drops the message, the refusal is <see cref="ClientCode.Dropped"/>.
    /// </summary>
    public Task<Answer<DaemonFrame.Message>> SendAsync(Conversation to, string text, CancellationToken ct = default) =>
        SendAsync(to, text, null, ct);

    /// <param name="replyTo">The <c>seq</c> of the message there that this one answers; null for none.</param>
    /// <inheritdoc cref="SendAsync(Conversation, string, CancellationToken)"/>
    public Task<Answer<DaemonFrame.Message>> SendAsync(Conversation to, string text, long? replyTo, CancellationToken ct = default) =>
        SendAsync(to, text, replyTo, CancellationToken.None, ct);

    /// <param name="withdraw">Takes the message back while it waits, for example in slow mode.</param>
    internal Task<Answer<DaemonFrame.Message>> SendAsync(
        Conversation to, string text, long? replyTo, CancellationToken withdraw, CancellationToken ct) =>
        TextCheck.Refuse(text) is { } wrong ? Task.FromResult(Answer<DaemonFrame.Message>.Refused(wrong))
            : WriteAsync<DaemonFrame.Message>(to,
                new ClientFrame.Message(text.StartsWith('/') ? "/" + text : text, to.RoomName, to.UserName, replyTo), withdraw, ct);

    /// <summary>
    /// Replaces the text of an own message and awaits the stored change. Changes and messages of one conversation keep their order. After a
    /// lost connection it is sent again with the same id, unless a later edit of that message was sent: then the refusal is
    /// <see cref="ClientCode.OutcomeUnknown"/>. If there was nothing to do, the change has no <c>rev</c>.
    /// </summary>
    /// <param name="text">Stored as it is; never a command.</param>
    public Task<Answer<DaemonFrame.Change>> EditAsync(Conversation of, long seq, string text, CancellationToken ct = default) =>
        TextCheck.Refuse(text) is { } wrong ? Task.FromResult(Answer<DaemonFrame.Change>.Refused(wrong))
            : WriteAsync<DaemonFrame.Change>(of, new ClientFrame.Edit(seq, text, of.RoomName, of.UserName), ct);

    /// <summary>Erases a message and awaits the stored change. It is sent again after a lost connection, with the same id.</summary>
    public Task<Answer<DaemonFrame.Change>> DeleteAsync(Conversation of, long seq, CancellationToken ct = default) =>
        WriteAsync<DaemonFrame.Change>(of, new ClientFrame.Delete(seq, of.RoomName, of.UserName), ct);

    /// <summary>
    /// Reacts to a message, or takes that back, and awaits the stored change. It is sent again after a lost connection, with the same id.
    /// </summary>
    /// <param name="emoji">One fully-qualified emoji of Unicode's RGI set.</param>
    /// <param name="remove">Whether to take the reaction back.</param>
    public Task<Answer<DaemonFrame.Change>> ReactAsync(Conversation of, long seq, string emoji, bool remove = false,
        CancellationToken ct = default) =>
        WriteAsync<DaemonFrame.Change>(of,
            new ClientFrame.React(seq, emoji, of.RoomName, of.UserName, remove ? true : null), ct);

    /// <summary>
    /// Shows others that the user is typing, for 6 s or until the next message. Call it as often as you like: it sends a frame every 3 s
    /// for each conversation, and nothing while the connection is lost. There is no answer: where the user may not write, nobody is told.
    /// </summary>
    public Task TypingAsync(Conversation to, CancellationToken ct = default) =>
        NotLoggedIn is null && session.Typing.TryShow(to)
            ? session.TellAsync(new ClientFrame.Typing(to.RoomName, to.UserName), ct)
            : Task.CompletedTask;

    /// <summary>
    /// Says how far the user has read, on all devices, and awaits how far that is now: a mark never goes back. For accounts. What was
    /// unread at the login is in <see cref="Welcome"/>.
    /// </summary>
    /// <param name="seq">The last message read.</param>
    public Task<Answer<DaemonFrame.Read>> ReadAsync(Conversation of, long seq, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Read>(new ClientFrame.Read(seq, of.RoomName, of.UserName), true, ct);

    /// <summary>Messages that mention the account, the newest first, where the user may read now.</summary>
    /// <param name="before">The <c>before</c> of the page before; null for the first page.</param>
    /// <param name="limit">Messages, 1 to 100; null for 20.</param>
    public Task<Answer<DaemonFrame.Found>> MentionsAsync(string? before = null, int? limit = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Found>(new ClientFrame.Mentions(before, limit), true, ct);

    /// <summary>
    /// Runs a slash-command as a user types it. It is sent once: if the connection breaks before the answer, the refusal is
    /// <see cref="ClientCode.OutcomeUnknown"/>.
    /// </summary>
    public Task<Answer<DaemonFrame.Reply>> RunAsync(Conversation where, string line, CancellationToken ct = default)
    {
        var wrong = line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal)
            ? TextCheck.Refuse(line) : new Refusal(RefusalCode.BadArguments, "A command begins with a single slash.");
        if (wrong is not null) return Task.FromResult(Answer<DaemonFrame.Reply>.Refused(wrong));
        return AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, where.RoomName, where.UserName), false, ct);
    }

    /// <summary>
    /// Runs a command by name with arguments. Sent once, like <see cref="RunAsync(Conversation, string, CancellationToken)"/>.
    /// </summary>
    /// <param name="room">The room to run it in; null for none.</param>
    public Task<Answer<DaemonFrame.Reply>> RunAsync(string name, IReadOnlyDictionary<string, JsonElement>? args = null, string? room = null,
        CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Reply>(new ClientFrame.Command(name, args, room), false, ct);

    /// <summary>Joins a room. The client rejoins it after each reconnection.</summary>
    /// <param name="after">
    /// The last <c>seq</c> seen in an earlier run: later messages follow as events. Null starts with the next message.
    /// </param>
    public Task<Answer<DaemonFrame.Joined>> JoinAsync(string room, long? after = null, CancellationToken ct = default) =>
        JoinAsync(room, after, null, null, ct);

    /// <param name="rev">
    /// The last <c>rev</c> seen in an earlier run: messages that have changed since follow as events. Only with <paramref name="after"/>.
    /// </param>
    /// <param name="log">
    /// The <c>log</c> of that run. If the daemon has another one, <see cref="ChatEvent.ConversationReset"/> follows, and all messages.
    /// </param>
    /// <inheritdoc cref="JoinAsync(string, long?, CancellationToken)"/>
    public async Task<Answer<DaemonFrame.Joined>> JoinAsync(
        string room, long? after, long? rev, string? log = null, CancellationToken ct = default)
    {
        var conversation = Conversation.Room(room);
        var isNew = session.Inbox.Follow(conversation, after, rev, log);
        var answer = await AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room, after, rev), true, ct).ConfigureAwait(false);
        if (answer.IsRefused && isNew) session.Inbox.Forget(conversation);
        return answer;
    }

    public Task<Answer<DaemonFrame.Left>> LeaveAsync(string room, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room), true, ct);

    /// <summary>
    /// A page of messages, oldest first: the first ones after <paramref name="after"/>, the last ones before <paramref name="before"/>,
    /// or the last ones of all.
    /// </summary>
    /// <param name="limit">Messages, 1 to 500; null for 50.</param>
    /// <param name="repliesTo">Only the answers to that <c>seq</c>; null for all messages.</param>
    public Task<Answer<DaemonFrame.History>> HistoryAsync(
        Conversation of, long? after = null, long? before = null, int? limit = null, long? repliesTo = null,
        CancellationToken ct = default) =>
        AskAsync<DaemonFrame.History>(new ClientFrame.History(of.RoomName, of.UserName, after, before, limit, repliesTo), true, ct);

    /// <summary>A page of the messages that have changed since <paramref name="rev"/>, in the order of their last change.</summary>
    /// <param name="limit">Messages, 1 to 500; null for 50.</param>
    public Task<Answer<DaemonFrame.Changes>> ChangesAsync(
        Conversation of, long rev, int? limit = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Changes>(new ClientFrame.Changes(rev, of.RoomName, of.UserName, limit), true, ct);

    /// <summary>Messages that have all words of a text, the newest first. Guests need the permission <c>message.search</c>.</summary>
    /// <param name="text">1 to 10 words; <c>*</c> right after a word finds what begins with it.</param>
    /// <param name="of">Where; null for all rooms that this connection is in and all direct messages of the user.</param>
    /// <param name="from">Only messages that carry this name.</param>
    /// <param name="before">The <c>Before</c> of the page before; null for the first page.</param>
    /// <param name="limit">Messages, 1 to 100; null for 20.</param>
    public Task<Answer<DaemonFrame.Found>> SearchAsync(
        string text, Conversation? of = null, string? from = null, string? before = null, int? limit = null,
        CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Found>(new ClientFrame.Search(text, of?.RoomName, of?.UserName, from, before, limit), true, ct);

    /// <summary>
    /// Fetches the newest messages, and keeps them up to date by the events that you read: new messages, edits, deletions, reactions. After
    /// a lost connection the copy catches up; when the conversation begins anew (a restored backup), it drops what it had. Without this,
    /// the events are all you get. A room must be joined.
    /// </summary>
    /// <param name="capacity">Messages to keep; the oldest go first.</param>
    public async Task<Answer<ConversationCopy>> KeepAsync(Conversation of, int capacity = 1_000, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var copy = new ConversationCopy(of, capacity);
        session.Copies.Add(copy);
        var isLoaded = false;
        try
        {
            var refusal = await LoadAsync(copy, capacity, ct).ConfigureAwait(false);
            isLoaded = refusal is null;
            return refusal is null ? Answer<ConversationCopy>.Of(copy) : Answer<ConversationCopy>.Refused(refusal);
        }
        finally
        {
            if (!isLoaded) session.Copies.Remove(copy);
        }
    }

    /// <summary>For tests: whether events are applied to a copy of the conversation.</summary>
    internal bool Keeps(Conversation of) => session.Copies.Has(of);

    /// <summary>Stops applying events to the copy.</summary>
    public void StopKeeping(ConversationCopy copy) => session.Copies.Remove(copy);

    /// <summary>A page of a room's members.</summary>
    /// <param name="after">The last name of the page before; null for the first page.</param>
    public Task<Answer<DaemonFrame.Members>> MembersAsync(string room, string? after = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Members>(new ClientFrame.Members(room, after), true, ct);

    /// <summary>The commands that this user may run.</summary>
    public Task<Answer<DaemonFrame.Commands>> CommandsAsync(CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands(), true, ct);

    /// <summary>Completions for the word at the cursor.</summary>
    /// <param name="cursor">UTF-16 index; null for the end of the text.</param>
    public Task<Answer<DaemonFrame.Completions>> CompleteAsync(string text, int? cursor = null, string? room = null,
        CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete(text, cursor, room), true, ct);

    /// <summary>Ends the session: the token stops working, and a guest's name becomes free.</summary>
    public async Task LogoutAsync(CancellationToken ct = default)
    {
        if (NotLoggedIn is null) await session.LogoutAsync(ct).ConfigureAwait(false);
        await running.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Closes the connection. The session stays alive at the daemon and can be resumed with its token.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposals, 1) > 0) return;
        session.End(ClientCode.SessionEnded, "The client was closed.");
        await session.CloseAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        if (early is not null) await early.DisposeAsync().ConfigureAwait(false);
        session.Dispose();
        entering.Dispose();
    }

    private Refusal? NotLoggedIn =>
        session.Ended ?? (Welcome is null ? new Refusal(RefusalCode.NotLoggedIn, "Log in first.") : null);

    private async Task<Answer<DaemonFrame.Welcome>> EnterAsync(ClientFrame request, CancellationToken ct)
    {
        await entering.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (Welcome is not null)
                return Answer<DaemonFrame.Welcome>.Refused(new(RefusalCode.AlreadyLoggedIn, "This client is already logged in."));
            await ConnectAsync(ct).ConfigureAwait(false);
            var answer = await Handshake.AskAsync(early!, request with { Id = ids.Next() }, options, ct).ConfigureAwait(false);
            if (answer.Refusal?.Code is ClientCode.ConnectionLost or ByeReason.Banned or ByeReason.Kicked)
                await DropEarlyAsync().ConfigureAwait(false);
            if (answer.IsRefused) return answer;
            (Welcome, var connection) = (answer.Value, early!);
            early = null;
            running = SessionTasks.RunAsync(session, addresses, options, connection, answer.Value);
            return answer;
        }
        finally
        {
            entering.Release();
        }
    }

    private async Task<Refusal?> LoadAsync(ConversationCopy copy, int capacity, CancellationToken ct)
    {
        long? before = null;
        for (var left = capacity; left > 0;)
        {
            var limit = Math.Min(left, ProtocolLimits.HistoryMax);
            var answer = await HistoryAsync(copy.Conversation, null, before, limit, null, ct).ConfigureAwait(false);
            if (answer.IsRefused) return answer.Refusal;
            var page = answer.Value;
            if (!copy.Take(page))
            {
                if (copy.IsOf(page.Log)) continue; // a change was read meanwhile that the page lacks: a new page has it
                return null;
            }
            if (!page.More) return null;
            (before, left) = (page.Messages[0].Seq, left - page.Messages.Count);
        }
        return null;
    }

    private async Task DropEarlyAsync()
    {
        await early!.DisposeAsync().ConfigureAwait(false);
        early = null;
    }

    private Task<Answer<T>> WriteAsync<T>(Conversation to, ClientFrame frame, CancellationToken ct) where T : DaemonFrame =>
        WriteAsync<T>(to, frame, CancellationToken.None, ct);

    private async Task<Answer<T>> WriteAsync<T>(Conversation to, ClientFrame frame, CancellationToken withdraw, CancellationToken ct)
        where T : DaemonFrame
    {
        if (NotLoggedIn is { } refusal) return Answer<T>.Refused(refusal);
        if (frame is ClientFrame.Message) session.Typing.Sent(to);
        return await session.Outbound.SendAsync<T>(to, frame, withdraw, ct).ConfigureAwait(false);
    }

    private async Task<Answer<T>> AskAsync<T>(ClientFrame frame, bool repeats, CancellationToken ct) where T : DaemonFrame
    {
        if (NotLoggedIn is { } refusal) return Answer<T>.Refused(refusal);
        return await session.AskAsync(frame, repeats, ct).ConfigureAwait(false) switch
        {
            T value => Answer<T>.Of(value),
            DaemonFrame.Error error => Answer<T>.Refused(Refusal.From(error)),
            _ when repeats && session.Ended is { } ended => Answer<T>.Refused(ended),
            _ => Answer<T>.Refused(new(ClientCode.OutcomeUnknown, "The connection broke before the answer. The command may have run.")),
        };
    }
}
