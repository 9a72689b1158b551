using System.Text.Json;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// One session with a daemon. After the login it survives lost connections: it reconnects, joins its rooms again, fetches what was missed,
/// and sends again, with the same id, each message without an echo. Commands are never sent again. Safe from any thread.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions options;
    private readonly Session session;
    private readonly MessageIds ids = new();
    private readonly SemaphoreSlim entering = new(1, 1);
    private Link? early;
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
        session = new Session(options);
    }

    /// <summary>What the daemon said of itself; null before <see cref="ConnectAsync"/>.</summary>
    public DaemonFrame.Hello? Hello { get; private set; }

    /// <summary>The latest <c>welcome</c> asked for; null before the login. Its token is a secret that resumes the session in a later run.</summary>
    public DaemonFrame.Welcome? Welcome { get; private set; }

    /// <summary>The rooms that the session is in, or joins again after a lost connection; up to date with the latest answer, the events may be behind.</summary>
    public IReadOnlyList<string> Rooms => session.Inbox.Rooms;

    /// <inheritdoc cref="Session.RoomChanged"/>
    internal Action<RoomChange>? RoomChanged
    {
        set => session.RoomChanged = value;
    }

    /// <summary>Connects and awaits <c>hello</c>. The login does it too; this is for who wants to see the limits first.</summary>
    /// <exception cref="ChatConnectionException">No connection could be made.</exception>
    public async Task<DaemonFrame.Hello> ConnectAsync(CancellationToken ct = default)
    {
        if (early is not null && Hello is not null) return Hello;
        (early, Hello) = await Handshake.ConnectAsync(options, ct).ConfigureAwait(false);
        return Hello;
    }

    /// <summary>Begins a session, or takes one up by its token. After a refusal it may be called again; after a success it may not.</summary>
    /// <exception cref="ChatConnectionException">No connection could be made.</exception>
    public Task<Answer<DaemonFrame.Welcome>> LoginAsync(LoginRequest request, CancellationToken ct = default) =>
        EnterAsync(new ClientFrame.Login(request.User, request.Password, request.Token, request.Rooms, options.Program, options.Language), ct);

    /// <summary>Makes an account and logs in to it, in no room.</summary>
    /// <param name="invitation">The code of an admin's invitation; null where the daemon wants none.</param>
    /// <inheritdoc cref="LoginAsync"/>
    public Task<Answer<DaemonFrame.Welcome>> RegisterAsync(string user, string password, string? invitation = null, CancellationToken ct = default) =>
        EnterAsync(new ClientFrame.Register(user, password, invitation, Client: options.Program, Lang: options.Language), ct);

    /// <summary>What arrives. One reader at a time; a slow one holds up the socket, never memory. Ends after <see cref="ChatEvent.SessionEnded"/>.</summary>
    public IAsyncEnumerable<ChatEvent> Events(CancellationToken ct = default) => session.Events.ReadAsync(ct);

    /// <summary>
    /// Says a text and awaits its echo: the message as logged, which survives the daemon's crash. Always literal: a leading <c>/</c> is no command here.
    /// Calls of one thread keep their order in a conversation, awaited or not. Cancelling ends the waiting, not the message.
    /// One that a filter of the daemon throws away is refused with <see cref="ClientCode.Dropped"/>.
    /// </summary>
    public async Task<Answer<DaemonFrame.Message>> SendAsync(Conversation to, string text, CancellationToken ct = default)
    {
        if (NotLoggedIn is { } refusal) return Answer<DaemonFrame.Message>.Refused(refusal);
        if (TextCheck.Refuse(text) is { } wrong) return Answer<DaemonFrame.Message>.Refused(wrong);
        return await session.Outbound.SendAsync(to, text.StartsWith('/') ? "/" + text : text, ct).ConfigureAwait(false);
    }

    /// <summary>Runs a slash-command as a person types it. Sent once: after a lost connection the refusal is <see cref="ClientCode.OutcomeUnknown"/>.</summary>
    public Task<Answer<DaemonFrame.Reply>> RunAsync(Conversation where, string line, CancellationToken ct = default)
    {
        var wrong = line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal)
            ? TextCheck.Refuse(line) : new Refusal(RefusalCode.BadArguments, "A command begins with one slash.");
        if (wrong is not null) return Task.FromResult(Answer<DaemonFrame.Reply>.Refused(wrong));
        return AskAsync<DaemonFrame.Reply>(new ClientFrame.Message(line, where.IsDirect ? null : where.Name, where.IsDirect ? where.Name : null), false, ct);
    }

    /// <summary>Runs a command by its name and arguments. Sent once, as <see cref="RunAsync(Conversation, string, CancellationToken)"/>.</summary>
    /// <param name="room">Where it is issued; null outside any room.</param>
    public Task<Answer<DaemonFrame.Reply>> RunAsync(string name, IReadOnlyDictionary<string, JsonElement>? args = null, string? room = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Reply>(new ClientFrame.Command(name, args, room), false, ct);

    /// <summary>Joins a room; reconnections join it again.</summary>
    /// <param name="after">The last <c>seq</c> seen in an earlier run: what came since follows as events. Null begins with what comes next.</param>
    public async Task<Answer<DaemonFrame.Joined>> JoinAsync(string room, long? after = null, CancellationToken ct = default)
    {
        var conversation = Conversation.Room(room);
        var isNew = session.Inbox.Follow(conversation, after);
        var answer = await AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room, after), true, ct).ConfigureAwait(false);
        if (answer.IsRefused && isNew) session.Inbox.Forget(conversation);
        return answer;
    }

    public Task<Answer<DaemonFrame.Left>> LeaveAsync(string room, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room), true, ct);

    /// <summary>A page, oldest first: the oldest behind <paramref name="after"/>, the newest before <paramref name="before"/>, or the newest.</summary>
    /// <param name="limit">1 to 500; null is the daemon's 50.</param>
    public Task<Answer<DaemonFrame.History>> HistoryAsync(
        Conversation of, long? after = null, long? before = null, int? limit = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.History>(new ClientFrame.History(of.IsDirect ? null : of.Name, of.IsDirect ? of.Name : null, after, before, limit), true, ct);

    /// <summary>A page of a room's members.</summary>
    /// <param name="after">The name behind which it begins.</param>
    public Task<Answer<DaemonFrame.Members>> MembersAsync(string room, string? after = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Members>(new ClientFrame.Members(room, after), true, ct);

    /// <summary>What this session may run.</summary>
    public Task<Answer<DaemonFrame.Commands>> CommandsAsync(CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands(), true, ct);

    /// <summary>What the word at the cursor may become.</summary>
    /// <param name="cursor">UTF-16 index; null is the end.</param>
    public Task<Answer<DaemonFrame.Completions>> CompleteAsync(string text, int? cursor = null, string? room = null, CancellationToken ct = default) =>
        AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete(text, cursor, room), true, ct);

    /// <summary>Ends the session for good: its token is void, a guest's name is free.</summary>
    public async Task LogoutAsync(CancellationToken ct = default)
    {
        if (NotLoggedIn is null) await session.LogoutAsync(ct).ConfigureAwait(false);
        await running.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Closes the connection. The session lives on at the daemon: its token takes it up again.</summary>
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

    private Refusal? NotLoggedIn => session.Ended ?? (Welcome is null ? new Refusal(RefusalCode.NotLoggedIn, "There was no login yet.") : null);

    private async Task<Answer<DaemonFrame.Welcome>> EnterAsync(ClientFrame request, CancellationToken ct)
    {
        await entering.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (Welcome is not null) return Answer<DaemonFrame.Welcome>.Refused(new(RefusalCode.AlreadyLoggedIn, "This client has a session."));
            await ConnectAsync(ct).ConfigureAwait(false);
            var answer = await Handshake.AskAsync(early!, request with { Id = ids.Next() }, options, ct).ConfigureAwait(false);
            if (answer.Refusal?.Code is ClientCode.ConnectionLost or ByeReason.Banned or ByeReason.Kicked) await DropEarlyAsync().ConfigureAwait(false);
            if (answer.IsRefused) return answer;
            (Welcome, var link) = (answer.Value, early!);
            early = null;
            running = Background.RunAsync(session, options, link, answer.Value);
            return answer;
        }
        finally
        {
            entering.Release();
        }
    }

    private async Task DropEarlyAsync()
    {
        await early!.DisposeAsync().ConfigureAwait(false);
        early = null;
    }

    private async Task<Answer<T>> AskAsync<T>(ClientFrame frame, bool repeats, CancellationToken ct) where T : DaemonFrame
    {
        if (NotLoggedIn is { } refusal) return Answer<T>.Refused(refusal);
        return await session.AskAsync(frame, repeats, ct).ConfigureAwait(false) switch
        {
            T value => Answer<T>.Of(value),
            DaemonFrame.Error error => Answer<T>.Refused(Refusal.From(error)),
            _ => Answer<T>.Refused(repeats && session.Ended is { } ended ? ended : new(ClientCode.OutcomeUnknown, "The connection was lost; the command may have run or not.")),
        };
    }
}
