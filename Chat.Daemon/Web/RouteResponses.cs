using System.Globalization;
using System.Text.Json.Nodes;
using Chat.Daemon.Hooks;
using Chat.Protocol;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>Answers of plugins, and refusals. A browser gets them as pages of nobody: without scripts, without the chat's origin.</summary>
internal static class RouteResponses
{
    /// <summary>A plugin's page shows what it has, in its own styles; it loads nothing, runs nothing and sends nothing.</summary>
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    /// <summary>It has kept all rules for responses.</summary>
    /// <exception cref="OperationCanceledException">The client is gone, or does not read.</exception>
    public static Task WriteAsync(HttpContext context, RouteResponse response, CancellationToken cancellation)
    {
        Protect(context.Response.Headers);
        foreach (var (name, value) in response.Headers) context.Response.Headers[name] = value;
        context.Response.StatusCode = response.Status;
        if (response.Body.Length == 0 || response.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(response.Body, cancellation).AsTask();
    }

    /// <returns>The same response, which no cache that others share may keep.</returns>
    public static RouteResponse ForOneUser(RouteResponse response)
    {
        var asked = response.Headers.LastOrDefault(header => header.Key.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase)).Value;
        var isForOne = asked is null // then it is not kept at all
            || asked.Split(',', StringSplitOptions.TrimEntries).Any(word =>
                word.Equals("private", StringComparison.OrdinalIgnoreCase) || word.Equals("no-store", StringComparison.OrdinalIgnoreCase));
        return isForOne ? response : response.With("Cache-Control", "private, no-cache");
    }

    /// <param name="language">Of people who do not say theirs.</param>
    /// <inheritdoc cref="WriteAsync" path="/exception"/>
    public static Task RefuseAsync(HttpContext context, Refusal refusal, string language, CancellationToken cancellation)
    {
        var headers = context.Response.Headers;
        if (refusal.RetryAfter is { } wait)
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (StatusOf(refusal.Code) is StatusCodes.Status401Unauthorized) headers.WWWAuthenticate = "Bearer";
        var sentence = RouteTexts.SentenceOf(refusal, context.Request.Headers.AcceptLanguage.ToString(), language);
        var body = new JsonObject { ["type"] = "error", ["code"] = refusal.Code, ["text"] = sentence };
        return WriteAsync(context, RouteResponse.Json(body, StatusOf(refusal.Code)), cancellation);
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static int StatusOf(string code) => code switch
    {
        RefusalCode.NotLoggedIn or RefusalCode.BadToken => StatusCodes.Status401Unauthorized,
        RefusalCode.Forbidden or RefusalCode.Banned or RefusalCode.Muted => StatusCodes.Status403Forbidden,
        RouteRefusal.NoSuchRoute or RefusalCode.NoSuchRoom or RefusalCode.NoSuchUser or RefusalCode.NoSuchMessage =>
            StatusCodes.Status404NotFound,
        RouteRefusal.BadMethod => StatusCodes.Status405MethodNotAllowed,
        RouteRefusal.BodyTooSlow => StatusCodes.Status408RequestTimeout,
        RouteRefusal.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.RateLimited => StatusCodes.Status429TooManyRequests,
        RouteRefusal.Failed => StatusCodes.Status500InternalServerError,
        RefusalCode.Busy or RefusalCode.Unavailable or RefusalCode.Storage => StatusCodes.Status503ServiceUnavailable,
        RefusalCode.Timeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status400BadRequest,
    };
}
