using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Hooks;
using Chat.Daemon.Sessions.Limits;
using Chat.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary>
/// Hands HTTP requests under <c>/p/PLUGIN/</c> to plugins: finds the route, checks the caller, reads the body and calls the plugin. Every
/// step has a limit, and the plugin gets only copies.
/// </summary>
internal sealed class RouteEndpoint(CommandRegistry commandRegistry, RouteAccess access, OptionsSource options, TimeProvider time)
{
    /// <summary>Any method, also one that no route has.</summary>
    public const string Pattern = "/p/{**path}";

    /// <summary>Requests at once, each with a body and an answer of up to 1 MiB.</summary>
    private const int MostAtOnce = 128;

    /// <summary>The prefix and a slash.</summary>
    private const int PrefixLength = 3;

    /// <summary>For a body to arrive, and for an answer to be read.</summary>
    private static readonly TimeSpan TransferTime = TimeSpan.FromSeconds(20);

    private readonly Slots slots = new(MostAtOnce);

    public async Task ServeAsync(HttpContext context)
    {
        var usage = context.Features.GetRequiredFeature<HttpCaller>().Usage;
        try
        {
            if (!slots.TryEnter())
            {
                await RefuseAsync(context, new Refusal(RefusalCode.Busy));
                return;
            }
            try
            {
                await ServeAsync(context, usage);
            }
            finally
            {
                slots.Leave();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to answer.
        }
    }

    private async Task ServeAsync(HttpContext context, AddressUsage usage)
    {
        if (!usage.Requests.TryEnter())
        {
            await RefuseAsync(context, new Refusal(RefusalCode.Busy));
            return;
        }
        try
        {
            var (response, refusal) = await AnswerAsync(context, usage);
            if (response is null) await RefuseAsync(context, refusal!);
            else await WriteAsync(context, response);
            usage.Frames.Pay(PriceTable.OfAnswered(response?.Body.Length ?? 0), options.Current.Limits.Budgets.Address);
        }
        finally
        {
            usage.Requests.Leave();
        }
    }

    /// <summary>A client that reads slowly keeps others out for a while, but not for as long as it likes.</summary>
    private async Task WriteAsync(HttpContext context, RouteResponse response)
    {
        using var late = new CancellationTokenSource(TransferTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            await RouteResponses.WriteAsync(context, response, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private Task RefuseAsync(HttpContext context, Refusal refusal) =>
        RouteResponses.RefuseAsync(context, refusal, options.Current.Language, context.RequestAborted);

    /// <summary>Checks again what a newer version declares, if that replaces the plugin meanwhile.</summary>
    private async Task<(RouteResponse? Response, Refusal? Refusal)> AnswerAsync(HttpContext context, AddressUsage usage)
    {
        byte[]? body = null;
        PluginRoute? tried = null;
        while (true)
        {
            var snapshot = commandRegistry.Current;
            var (path, found, refused) = Find(context, snapshot.Hooks);
            if (found is not { } match) return (null, refused);
            var (route, values) = match;
            if (route == tried) return (null, new Refusal(RefusalCode.Unavailable));
            tried = route;
            var (user, denied) = await access.CheckAsync(context, snapshot.Permissions, route.Permission);
            if (denied is not null) return (null, denied);
            if (body is null)
            {
                (body, var unread) = await ReadAsync(context, route, usage);
                if (body is null) return (null, unread);
            }
            if (body.Length > route.MaxBodyBytes) return (null, new Refusal(RouteRefusal.BodyTooLarge));
            if (route.Owner.TryLease() is not { } lease) continue; // it drains: the next version answers
            var (response, refusal) = await route.AnswerAsync(
                RouteRequests.Copy(context, path, values, body, user), lease, context.RequestAborted);
            return (user is null || response is null ? response : RouteResponses.ForOneUser(response), refusal);
        }
    }

    private static (string Path, (PluginRoute, IReadOnlyDictionary<string, string>)? Found, Refusal? Refusal) Find(
        HttpContext context, HookTable hooks)
    {
        var whole = context.Request.Path.Value!;
        var requested = whole[Math.Min(PrefixLength, whole.Length)..].Split('/', 2);
        var path = requested.Length > 1 ? requested[1] : "";
        var none = (path, ((PluginRoute, IReadOnlyDictionary<string, string>)?)null, new Refusal(RouteRefusal.NoSuchRoute));
        if (path.Any(char.IsControl)) return none;
        string[] parts = path.Length == 0 ? [] : path.Split('/');
        var methods = new List<string>();
        foreach (var route in hooks.RoutesOf(requested[0]))
        {
            if (route.Path.Match(parts) is not { } values) continue;
            if (route.Method == RouteRequests.MethodOf(context.Request)) return (path, (route, values), null);
            methods.Add(route.Method);
        }
        if (methods.Count == 0) return none;
        context.Response.Headers.Allow = string.Join(", ", methods.Distinct());
        return (path, null, new Refusal(RouteRefusal.BadMethod));
    }

    private async Task<(byte[]? Body, Refusal? Refusal)> ReadAsync(HttpContext context, PluginRoute route, AddressUsage usage)
    {
        using var late = new CancellationTokenSource(TransferTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            var (body, refusal) = await RouteRequests.ReadBodyAsync(context, route.MaxBodyBytes, either.Token);
            var price = PriceTable.Route + PriceTable.OfReceived(body?.Length ?? 0);
            var wait = usage.Frames.Pay(price, options.Current.Limits.Budgets.Address);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, context.RequestAborted);
            if (refusal is not null) context.Response.Headers.Connection = "close"; // the rest of the body is not read
            return (body, refusal);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return (null, new Refusal(RouteRefusal.BodyTooSlow));
        }
    }
}
