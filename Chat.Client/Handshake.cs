using Chat.Protocol;

namespace Chat.Client;

/// <summary>The first words on a connection: <c>hello</c>, and the answer to a login.</summary>
internal static class Handshake
{
    /// <exception cref="ChatConnectionException">No connection, no <c>hello</c> in time, or another protocol.</exception>
    public static async Task<(Link Link, DaemonFrame.Hello Hello)> ConnectAsync(ChatClientOptions options, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        Link? link = null;
        try
        {
            link = await Link.OpenAsync(options, both.Token).ConfigureAwait(false);
            var frame = await link.ReadAsync(both.Token).ConfigureAwait(false);
            return frame switch
            {
                DaemonFrame.Hello { Protocol: ProtocolLimits.Version } hello => (link, hello),
                DaemonFrame.Hello hello => throw new ChatConnectionException($"the daemon speaks protocol {hello.Protocol}, this client {ProtocolLimits.Version}"),
                DaemonFrame.Bye bye => throw new ChatConnectionException($"the daemon turned the connection away: {TextRules.Harmless(bye.Reason)}"),
                null => throw new ChatConnectionException(link.Lost),
                _ => throw new ChatConnectionException("what answers does not begin with hello"),
            };
        }
        catch (Exception e) when (e is ChatConnectionException or OperationCanceledException)
        {
            if (link is not null) await link.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && !ct.IsCancellationRequested) throw new ChatConnectionException("no answer in time", e);
            throw;
        }
    }

    /// <summary>Asks to log in or to register; the value is the <c>welcome</c>.</summary>
    public static async Task<Answer<DaemonFrame.Welcome>> AskAsync(Link link, ClientFrame request, ChatClientOptions options, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        if (!FrameBytes.TryEncode(request, out var bytes)) return Refused(FrameBytes.TooLong);
        await link.WriteAsync(bytes).ConfigureAwait(false);
        try
        {
            while (true)
            {
                switch (await link.ReadAsync(both.Token).ConfigureAwait(false))
                {
                    case DaemonFrame.Welcome welcome:
                        return Answer<DaemonFrame.Welcome>.Of(welcome);
                    case DaemonFrame.Error error when error.Id is null || error.Id == request.Id:
                        return Refused(Refusal.From(error));
                    case DaemonFrame.Bye { Reason: ByeReason.Banned or ByeReason.Kicked } bye:
                        return Refused(new(bye.Reason, ""));
                    case DaemonFrame.Bye bye:
                        return Refused(new(ClientCode.ConnectionLost, bye.Reason));
                    case null:
                        return Refused(new(ClientCode.ConnectionLost, link.Lost));
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refused(new(ClientCode.ConnectionLost, "no answer in time"));
        }
    }

    private static Answer<DaemonFrame.Welcome> Refused(Refusal refusal) => Answer<DaemonFrame.Welcome>.Refused(refusal);
}
