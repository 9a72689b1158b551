using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary>
/// HTTP connections count among those of their address, and their requests come out of its budget: whoever asks too much waits, as on the
/// line protocol. What comes through a trusted proxy counts for the address that the proxy names.
/// </summary>
internal sealed class HttpConnections(
    AddressLimits addressLimits, TrustedProxies proxies, SessionReports reports, OptionsSource options, TimeProvider time)
{
    /// <summary>Connections that are told why they are refused. More at once are closed without a word.</summary>
    private const int RefusedAtOnce = 64;

    /// <summary>For a handshake of TLS, a request, and its answer.</summary>
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(5);

    private int refusing;

    /// <summary>Around the whole connection.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = KestrelLink.AddressOf(connection.RemoteEndPoint);
        var isProxy = proxies.Contains(address);
        var isCounted = isProxy ? addressLimits.TryConnectProxy(address, out var usage) : addressLimits.TryConnect(address, out usage);
        connection.Features.Set(new HttpCaller(address, usage, IsForwarded: false) { IsAboveLimits = !isCounted });
        if (!isCounted)
        {
            await RefuseAsync(connection, next);
            return;
        }
        try
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) KeepAlive.Watch(socket);
            await next(connection);
        }
        finally
        {
            if (isProxy) addressLimits.DisconnectProxy(address);
            else addressLimits.Disconnect(address);
        }
    }

    /// <summary>Around a connection without TLS.</summary>
    public static Task WriteDirectlyAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            connection.Transport = new DirectTransport(connection.Transport.Input, socket);
        return next(connection);
    }

    /// <summary>Before each request.</summary>
    public async Task PayAsync(HttpContext context, RequestDelegate next)
    {
        var caller = CallerOf(context);
        var wait = caller.Usage.Frames.Pay(PriceTable.HttpRequest, options.Current.Limits.Budgets.Address);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, context.RequestAborted);
        if (!caller.IsAboveLimits || context.Request.Path == WebSocketEndpoint.Path)
        {
            await next(context);
            return;
        }
        context.Response.Headers.Connection = "close";
        await PlainAnswer.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "Your address has too many open connections. Close some.");
    }

    /// <summary>Serves a connection that comes from a request. A client behind a proxy is counted for its own address.</summary>
    /// <param name="serve">Is told whether the connection is within the limits.</param>
    public async Task CountAsync(HttpCaller caller, Func<bool, Task> serve)
    {
        var isCounted = caller is { IsForwarded: true, IsAboveLimits: false } && addressLimits.TryForward(caller.Address, out _);
        try
        {
            await serve(!caller.IsAboveLimits && (isCounted || !caller.IsForwarded));
        }
        finally
        {
            if (isCounted) addressLimits.EndForward(caller.Address);
        }
    }

    /// <summary>Lets the connection ask, so that it can be told why nothing else is answered: on a WebSocket by a <c>bye</c>.</summary>
    private async Task RefuseAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var caller = connection.Features.GetRequiredFeature<HttpCaller>();
        reports.Refused(caller.Address, caller.Usage);
        try
        {
            if (Interlocked.Increment(ref refusing) > RefusedAtOnce)
            {
                connection.Abort();
                return;
            }
            await using var limit = time.CreateTimer(
                static c => ((ConnectionContext)c!).Abort(), connection, RefusalTime, Timeout.InfiniteTimeSpan);
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref refusing);
        }
    }

    /// <summary>The connection's caller, unless a trusted proxy has named another address.</summary>
    private HttpCaller CallerOf(HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<HttpCaller>();
        if (context.Connection.RemoteIpAddress is not { } named) return caller;
        if (named.IsIPv4MappedToIPv6) named = named.MapToIPv4();
        if (named.Equals(caller.Address)) return caller;
        caller = caller with { Address = named, Usage = addressLimits.UsageOf(named), IsForwarded = true };
        context.Features.Set(caller);
        return caller;
    }
}
