using Chat.Protocol;

namespace Chat.Client;

/// <summary>The start of a connection: <c>hello</c>, then the login.</summary>
internal static class Handshake
{
    /// <summary>While others are left to try, an address that does not answer is not waited for longer than this.</summary>
    private static readonly TimeSpan LongestOfSeveral = TimeSpan.FromSeconds(5);

    /// <summary>Tries each address once, beginning with the current one, and stays at the one that answers.</summary>
    /// <exception cref="ChatConnectionException">No connection, no <c>hello</c> in time, or another protocol version.</exception>
    public static async Task<(Connection Connection, DaemonFrame.Hello Hello)> ConnectToAnyAsync(
        AddressRing addresses, ChatClientOptions options, CancellationToken ct)
    {
        for (var left = addresses.Count - 1; ; left--)
        {
            try
            {
                return await ConnectAsync(addresses, options, ct).ConfigureAwait(false);
            }
            catch (ChatConnectionException) when (left > 0)
            {
                addresses.MoveOn();
            }
        }
    }

    /// <summary>Tries the current address.</summary>
    /// <exception cref="ChatConnectionException">No connection, no <c>hello</c> in time, or another protocol version.</exception>
    public static async Task<(Connection Connection, DaemonFrame.Hello Hello)> ConnectAsync(
        AddressRing addresses, ChatClientOptions options, CancellationToken ct)
    {
        var limit = addresses.Count > 1 && options.ConnectTimeout > LongestOfSeveral ? LongestOfSeveral : options.ConnectTimeout;
        using var patience = new CancellationTokenSource(limit, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        Connection? connection = null;
        try
        {
            connection = await Connection.OpenAsync(options, addresses.Current, both.Token).ConfigureAwait(false);
            var frame = await connection.ReadAsync(both.Token).ConfigureAwait(false);
            return frame switch
            {
                DaemonFrame.Hello { Protocol: ProtocolLimits.Version } hello => (connection, hello),
                DaemonFrame.Hello hello =>
                    throw new ChatConnectionException($"the daemon speaks protocol {hello.Protocol}, this client {ProtocolLimits.Version}"),
                DaemonFrame.Bye bye =>
                    throw new ChatConnectionException($"the daemon rejected the connection: {TextRules.Harmless(bye.Reason)}"),
                null => throw new ChatConnectionException(connection.Lost),
                _ => throw new ChatConnectionException("the server did not send hello; is it a chat daemon?"),
            };
        }
        catch (Exception e) when (e is ChatConnectionException or OperationCanceledException)
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && !ct.IsCancellationRequested)
                throw new ChatConnectionException("no answer within the time limit", e);
            throw;
        }
    }

    /// <summary>Sends a login or a registration.</summary>
    public static async Task<Answer<DaemonFrame.Welcome>> AskAsync(Connection connection, ClientFrame request, ChatClientOptions options,
        CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        if (!FrameEncoder.TryEncode(request, out var bytes)) return Refused(FrameEncoder.TooLong);
        await connection.WriteAsync(bytes).ConfigureAwait(false);
        try
        {
            while (true)
            {
                switch (await connection.ReadAsync(both.Token).ConfigureAwait(false))
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
                        return Refused(new(ClientCode.ConnectionLost, connection.Lost));
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refused(new(ClientCode.ConnectionLost, "no answer within the time limit"));
        }
    }

    private static Answer<DaemonFrame.Welcome> Refused(Refusal refusal) => Answer<DaemonFrame.Welcome>.Refused(refusal);
}
