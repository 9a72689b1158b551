using System.Text;
using System.Text.Json.Nodes;

namespace Chat;

/// <summary>The answer of a route: plain values, so that the daemon keeps no object of the plugin. It does not change.</summary>
public sealed class RouteResponse
{
    private const string JsonType = "application/json";

    private readonly byte[] body;
    private readonly KeyValuePair<string, string>[] headers;

    private RouteResponse(int status, string? contentType, byte[] body, KeyValuePair<string, string>[] headers) =>
        (Status, ContentType, this.body, this.headers) = (status, contentType, body, headers);

    /// <summary>From 200 to 599.</summary>
    public int Status { get; }

    /// <summary>Null if there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>At most 1 MiB.</summary>
    public ReadOnlyMemory<byte> Body => body;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    public static implicit operator RouteResponse(string text) => Text(text);

    public static RouteResponse Text(string text, int status = 200) => Content(text, "text/plain; charset=utf-8", status);

    /// <summary>A page. It runs no script, loads nothing, and may have styles of its own.</summary>
    public static RouteResponse Html(string html, int status = 200) => Content(html, "text/html; charset=utf-8", status);

    /// <param name="data">Made of strings, numbers, booleans, arrays and objects. It is serialized at once.</param>
    public static RouteResponse Json(JsonNode data, int status = 200) => Content(data.ToJsonString(), JsonType, status);

    /// <param name="contentType">Not a script's or style sheet's, which the chat's page could load, and not <c>multipart</c>.</param>
    public static RouteResponse Content(string text, string contentType, int status = 200) =>
        new(status, contentType, Encoding.UTF8.GetBytes(text), []);

    /// <inheritdoc cref="Content"/>
    /// <param name="body">Copied at once.</param>
    public static RouteResponse Bytes(ReadOnlySpan<byte> body, string contentType, int status = 200) =>
        new(status, contentType, body.ToArray(), []);

    /// <summary>Without a body.</summary>
    public static RouteResponse Empty(int status = 204) => new(status, null, [], []);

    /// <summary>A refusal, in the form of the daemon's own.</summary>
    /// <param name="code">For programs, in the form of <c>no_such_user</c>.</param>
    /// <param name="text">For people.</param>
    public static RouteResponse Refuse(int status, string code, string text) =>
        Json(new JsonObject { ["type"] = "error", ["code"] = code, ["text"] = text }, status);

    /// <summary>
    /// The same response with a header: <c>Cache-Control</c>, <c>Content-Disposition</c>, <c>Content-Language</c>, <c>ETag</c>,
    /// <c>Last-Modified</c>, <c>Location</c> or <c>Retry-After</c>. The daemon sends no other.
    /// </summary>
    public RouteResponse With(string header, string value) => new(Status, ContentType, body, [.. headers, new(header, value)]);
}
