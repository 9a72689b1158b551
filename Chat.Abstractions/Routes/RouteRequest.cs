using System.Text;

namespace Chat;

/// <summary>An HTTP request to a route, as plain copies. They stay valid after the answer.</summary>
public sealed class RouteRequest
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>In capitals. A <c>HEAD</c> comes as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path after the plugin's id, decoded and without its first slash.</summary>
    public required string Path { get; init; }

    /// <summary>The parts of the path that stand in braces in the route's, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = None;

    /// <summary>The query, decoded. A name that is given several times has its first value.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = None;

    /// <summary>
    /// By name, ignoring case; repeated ones are joined by a comma. Cookies, session tokens, and what proxies add are left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = None;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The address of the client.</summary>
    public string Address { get; init; } = "";

    /// <summary>Who is logged in; null where the route asks for no login.</summary>
    public User? User { get; init; }

    /// <summary>The body as UTF-8. Bytes that are none become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The value of a header; null if the request has none of that name.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
