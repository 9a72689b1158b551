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
    /// <summary>Around the whole connection.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = KestrelLink.AddressOf(connection.RemoteEndPoint);
        var isProxy = proxies.Contains(address);
        if (!(isProxy ? addressLimits.TryConnectProxy(address, out var usage) : addressLimits.TryConnect(address, out usage)))
        {
            reports.Refused(address, usage);
            connection.Abort();
            return;
        }
        try
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) KeepAlive.Watch(socket);
            connection.Features.Set(new HttpCaller(address, usage, IsForwarded: false));
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
        await next(context);
    }

    /// <summary>Serves a connection that comes from a request. A client behind a proxy is counted for its own address.</summary>
    /// <param name="serve">Is told whether the connection is within the limits.</param>
    public async Task CountAsync(HttpCaller caller, Func<bool, Task> serve)
    {
        var isCounted = caller.IsForwarded && addressLimits.TryForward(caller.Address, out _);
        try
        {
            await serve(isCounted || !caller.IsForwarded);
        }
        finally
        {
            if (isCounted) addressLimits.EndForward(caller.Address);
        }
    }

    /// <summary>The connection's caller, unless a trusted proxy has named another address.</summary>
    private HttpCaller CallerOf(HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<HttpCaller>();
        if (context.Connection.RemoteIpAddress is not { } named) return caller;
        if (named.IsIPv4MappedToIPv6) named = named.MapToIPv4();
        if (named.Equals(caller.Address)) return caller;
        caller = new HttpCaller(named, addressLimits.UsageOf(named), IsForwarded: true);
        context.Features.Set(caller);
        return caller;
    }
}
