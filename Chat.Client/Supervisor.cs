using Chat.Protocol;

namespace Chat.Client;

/// <summary>Keeps a session connected: receives, and reconnects when the connection breaks.</summary>
internal sealed class Supervisor(Session session, AddressRing addresses, ChatClientOptions options)
{
    /// <summary>A connection that lasts this long resets the reconnect delay.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly MessageIds ids = new();
    private string token = "";
    private int attempt;

    /// <summary>Runs until the session ends.</summary>
    public async Task RunAsync(Connection connection, DaemonFrame.Welcome welcome)
    {
        for (var isResumed = false; ; isResumed = true)
        {
            token = welcome.Token!; // only a login by cookie brings none
            if (isResumed) session.LeaveElsewhere(welcome);
            session.Inbox.Welcome(welcome);
            session.Typing.Welcome(welcome.User);
            if (await ReceiveAsync(connection, isResumed).ConfigureAwait(false) is { } final)
            {
                session.End(final, "");
                return;
            }
            if (await ReconnectAsync().ConfigureAwait(false) is not { } again) return;
            (connection, welcome) = again;
            session.CommandsChanged?.Invoke(); // the daemon tells a connection only what it has asked for
            session.Events.PostOrSkip(new ChatEvent.Reconnected());
        }
    }

    /// <summary>The reason, if the session ended with the connection.</summary>
    private async Task<string?> ReceiveAsync(Connection connection, bool isResumed)
    {
        var since = options.Time.GetTimestamp();
        var receiving = Receiver.RunAsync(session, connection, options);
        await session.AttachAsync(connection, isResumed).ConfigureAwait(false);
        var bye = await receiving.ConfigureAwait(false);
        if (options.Time.GetElapsedTime(since) >= Stable) attempt = 0;
        await session.DetachAsync().ConfigureAwait(false);
        if (bye?.Reason is ByeReason.Logout or ByeReason.TakenOver or ByeReason.Kicked or ByeReason.Banned or ByeReason.SessionEnded)
            return bye.Reason;
        session.Events.PostOrSkip(new ChatEvent.ConnectionLost(bye?.Reason ?? connection.Lost));
        addresses.MoveOn(bye?.Elsewhere);
        return null;
    }

    /// <summary>Null if the session ended.</summary>
    private async Task<(Connection, DaemonFrame.Welcome)?> ReconnectAsync()
    {
        var since = options.Time.GetTimestamp();
        var least = TimeSpan.Zero;
        while (options.GiveUpAfter is not { } patience || options.Time.GetElapsedTime(since) < patience)
        {
            var delay = ReconnectDelay.Before(options, 1 + (attempt++ / addresses.Count));
            if (delay < least) delay = least;
            session.Events.PostOrSkip(new ChatEvent.Reconnecting(attempt, delay));
            await Task.Delay(delay, options.Time, session.Closing).ConfigureAwait(false);
            var (connection, answer) = await TryResumeAsync().ConfigureAwait(false);
            if (connection is not null && !answer.IsRefused) return (connection, answer.Value);
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            if (answer.Refusal is { } refusal)
            {
                if (!IsTemporary(refusal.Code))
                {
                    session.End(refusal.Code, refusal.Text);
                    return null;
                }
                least = refusal.RetryAfter ?? TimeSpan.Zero;
            }
            addresses.MoveOn();
        }
        session.End(ClientCode.Unreachable, "");
        return null;
    }

    private async Task<(Connection?, Answer<DaemonFrame.Welcome>)> TryResumeAsync()
    {
        try
        {
            var (connection, _) = await Handshake.ConnectAsync(addresses, options, session.Closing).ConfigureAwait(false);
            var login = new ClientFrame.Login(Token: token, Rooms: [], Client: options.Program, Lang: options.Language) { Id = ids.Next() };
            return (connection, await Handshake.AskAsync(connection, login, options, session.Closing).ConfigureAwait(false));
        }
        catch (ChatConnectionException)
        {
            return (null, default);
        }
    }

    /// <summary>Whether another attempt may succeed.</summary>
    private static bool IsTemporary(string code) =>
        code is ClientCode.ConnectionLost or RefusalCode.Unavailable or RefusalCode.RateLimited or RefusalCode.Storage
            or RefusalCode.Timeout;
}
