using System.Globalization;
using System.Text.Json.Nodes;

namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>The addresses at which programs write into rooms. Whoever knows one may.</summary>
internal sealed class IncomingRoutes(HookTable hooks, Paces paces, Voice voice, INotices notices)
{
    /// <summary>
    /// An unknown secret, one that was removed, and anything else are answered alike, before the body is looked at. The look-up is by
    /// hash, so its time tells nothing about a secret.
    /// </summary>
    [Route("POST", "in/{secret}"), Permission("webhook.in", DefaultRole = Role.Guest)]
    public async Task<RouteResponse> PostAsync(RouteRequest request, string secret, CancellationToken cancellation)
    {
        var language = request.Header("Accept-Language") ?? "";
        if ((await hooks.IncomingAsync(cancellation)).GetValueOrDefault(Secrets.HashOf(secret)) is not { } hook)
            return NoSuchHook(language);
        if (paces.Take(hook.Id) is { } wait)
        {
            return RouteResponse.Refuse(429, "rate_limited", IncomingTexts.TooFast(language))
                .With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
        if (IncomingBody.Read(request) is not { } body) return RouteResponse.Refuse(400, "bad_body", IncomingTexts.BadBody(language));
        var name = body.Name ?? body.Username ?? hook.Name;
        if (!ShownName.IsValid(name)) return RouteResponse.Refuse(400, "bad_name", IncomingTexts.BadName(language, ShownName.Longest));
        var text = body.IsSlack ? SlackText.ToPlain(body.WholeText) : body.WholeText;
        await notices.CheckAsync(hook.Room, text, cancellation); // alone: the name before it would hide that it shows nothing
        try
        {
            var number = await WriteAsync(hook.Room, $"[{name}] {text}", body.Reply, cancellation);
            return body.IsSlack ? RouteResponse.Text("ok") : RouteResponse.Json(new JsonObject { ["seq"] = number });
        }
        catch (RefusalException refused) when (refused.Code == "no_such_room") // deleted a moment ago, and the webhook with it
        {
            return NoSuchHook(language);
        }
    }

    private static RouteResponse NoSuchHook(string language) =>
        RouteResponse.Refuse(404, "no_such_webhook", IncomingTexts.NoSuchHook(language));

    private async Task<long> WriteAsync(Room room, string text, long? reply, CancellationToken cancellation)
    {
        var bot = await voice.EnsureAsync(cancellation);
        return reply is { } answered
            ? await bot.SendAsync(room, text, answered, cancellation)
            : await bot.SendAsync(room, text, cancellation);
    }
}
