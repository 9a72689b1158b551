using System.Buffers;
using System.IO.Pipelines;
using Chat.Daemon.Hooks;
using Chat.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Chat.Daemon.Web;

/// <summary>Copies of requests, without what a plugin must not see.</summary>
internal static class RouteRequests
{
    /// <summary>As the daemon makes tokens of sessions.</summary>
    private const int TokenCharacters = 64;

    private static readonly HashSet<string> Withheld = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cookie", "Proxy-Authorization", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Forwarded",
        "X-Real-IP",
    };

    private static readonly string[] OfProxies = ["X-Forwarded-", "X-Original-"];

    /// <param name="user">Who is logged in, if the route needs that. Then how they are is not the plugin's business.</param>
    public static RouteRequest Copy(
        HttpContext context, string path, IReadOnlyDictionary<string, string> values, byte[] body, User? user)
    {
        var request = context.Request;
        return new()
        {
            Method = MethodOf(request),
            Path = path,
            Values = values,
            Query = QueryOf(request.QueryString.Value),
            Headers = HeadersOf(request.Headers, isAuthenticated: user is not null),
            Body = body,
            Address = context.Features.GetRequiredFeature<HttpCaller>().Address.ToString(),
            User = user,
        };
    }

    /// <summary>The method that a route declares for it.</summary>
    public static string MethodOf(HttpRequest request) => HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method;

    /// <summary>The whole body, if it is no larger than that.</summary>
    /// <exception cref="OperationCanceledException">The client is gone, or too slow.</exception>
    public static async Task<(byte[]? Body, Refusal? Refusal)> ReadBodyAsync(HttpContext context, int most, CancellationToken cancellation)
    {
        var request = context.Request;
        if (request.ContentLength > most) return (null, new Refusal(RouteRefusal.BodyTooLarge));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        try
        {
            return (await ReadAsync(request.BodyReader, (int)(request.ContentLength ?? 0), cancellation), null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, new Refusal(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? RouteRefusal.BodyTooLarge
                : RefusalCode.BadFrame));
        }
    }

    /// <summary>A read that a token cancelled would go on, and the web server could not read the rest.</summary>
    private static async Task<byte[]> ReadAsync(PipeReader reader, int announced, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>(Math.Max(announced, 1));
        await using var quit = cancellation.UnsafeRegister(static pipe => ((PipeReader)pipe!).CancelPendingRead(), reader);
        while (true)
        {
            var result = await reader.ReadAsync(CancellationToken.None);
            foreach (var part in result.Buffer) body.Write(part.Span);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return body.WrittenSpan.ToArray();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static Dictionary<string, string> QueryOf(string? query)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in new QueryStringEnumerable(query))
            values.TryAdd(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        return values;
    }

    private static Dictionary<string, string> HeadersOf(IHeaderDictionary headers, bool isAuthenticated)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            var text = string.Join(", ", value.ToArray());
            var isSecret = name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && (isAuthenticated || IsToken(text));
            if (isSecret || Withheld.Contains(name)) continue;
            if (!Array.Exists(OfProxies, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) values[name] = text;
        }
        return values;
    }

    /// <summary>A client may send its session's token where nobody asks for it.</summary>
    private static bool IsToken(string authorization) =>
        RouteAccess.TokenIn(authorization) is { Length: TokenCharacters } token && token.All(char.IsAsciiHexDigit);
}
