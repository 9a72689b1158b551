using Chat.Protocol;

namespace Chat.Client;

/// <summary>Keeps a session on a connection: receives, and when the connection breaks makes another and resumes.</summary>
internal sealed class Supervisor(Session session, ChatClientOptions options)
{
    /// <summary>A connection that lived so long shows that all is well: the waits begin from the first again.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly MessageIds ids = new();
    private string token = "";
    private int attempt;

    /// <summary>Runs until the session ends.</summary>
    public async Task RunAsync(Link link, DaemonFrame.Welcome welcome)
    {
        for (var isResumed = false; ; isResumed = true)
        {
            token = welcome.Token;
            session.Inbox.Welcome(welcome);
            if (await ReceiveAsync(link, isResumed).ConfigureAwait(false) is { } final)
            {
                session.End(final, "");
                return;
            }
            if (await ReconnectAsync().ConfigureAwait(false) is not { } again) return;
            (link, welcome) = again;
            session.Events.PostOrSkip(new ChatEvent.Reconnected());
        }
    }

    /// <summary>The reason where the session is over with the connection.</summary>
    private async Task<string?> ReceiveAsync(Link link, bool isResumed)
    {
        var since = options.Time.GetTimestamp();
        var receiving = Receiver.RunAsync(session, link, options);
        await session.AttachAsync(link, isResumed).ConfigureAwait(false);
        var reason = await receiving.ConfigureAwait(false);
        if (options.Time.GetElapsedTime(since) >= Stable) attempt = 0;
        await session.DetachAsync().ConfigureAwait(false);
        if (reason is ByeReason.Logout or ByeReason.TakenOver or ByeReason.Kicked or ByeReason.Banned or ByeReason.SessionEnded) return reason;
        session.Events.PostOrSkip(new ChatEvent.ConnectionLost(reason ?? link.Lost));
        return null;
    }

    /// <summary>Null where the session ended.</summary>
    private async Task<(Link, DaemonFrame.Welcome)?> ReconnectAsync()
    {
        var since = options.Time.GetTimestamp();
        var least = TimeSpan.Zero;
        while (options.GiveUpAfter is not { } patience || options.Time.GetElapsedTime(since) < patience)
        {
            var delay = BackOff.Delay(options, ++attempt);
            if (delay < least) delay = least;
            session.Events.PostOrSkip(new ChatEvent.Reconnecting(attempt, delay));
            await Task.Delay(delay, options.Time, session.Closing).ConfigureAwait(false);
            var (link, answer) = await TryResumeAsync().ConfigureAwait(false);
            if (link is not null && !answer.IsRefused) return (link, answer.Value);
            if (link is not null) await link.DisposeAsync().ConfigureAwait(false);
            if (answer.Refusal is { } refusal)
            {
                if (!IsPassing(refusal.Code))
                {
                    session.End(refusal.Code, refusal.Text);
                    return null;
                }
                least = refusal.RetryAfter ?? TimeSpan.Zero;
            }
        }
        session.End(ClientCode.Unreachable, "");
        return null;
    }

    private async Task<(Link?, Answer<DaemonFrame.Welcome>)> TryResumeAsync()
    {
        try
        {
            var (link, _) = await Handshake.ConnectAsync(options, session.Closing).ConfigureAwait(false);
            var login = new ClientFrame.Login(Token: token, Rooms: [], Client: options.Program, Lang: options.Language) { Id = ids.Next() };
            return (link, await Handshake.AskAsync(link, login, options, session.Closing).ConfigureAwait(false));
        }
        catch (ChatConnectionException)
        {
            return (null, default);
        }
    }

    /// <summary>Refusals of a token's login that another attempt may not meet.</summary>
    private static bool IsPassing(string code) =>
        code is ClientCode.ConnectionLost or RefusalCode.Unavailable or RefusalCode.RateLimited or RefusalCode.Storage or RefusalCode.Timeout;
}
