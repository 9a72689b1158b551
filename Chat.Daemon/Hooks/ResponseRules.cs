using System.Net.Http.Headers;

namespace Chat.Daemon.Hooks;

/// <summary>What a plugin may answer to HTTP requests. Its answers come from the chat page's own origin.</summary>
internal static class ResponseRules
{
    private const int LargestBody = 1 << 20, MostHeaders = 16, LongestValue = 2_048;

    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cache-Control", "Content-Disposition", "Content-Language", "ETag", "Last-Modified", "Location", "Retry-After",
    };

    /// <summary>A browser runs or applies them if the page asks for them, whose policy trusts its own origin.</summary>
    private static readonly string[] OfPages = ["javascript", "ecmascript", "jscript", "livescript", "css"];

    /// <summary>What is wrong with the response, for the author; null if nothing is.</summary>
    public static string? ProblemOf(RouteResponse? response)
    {
        if (response is null) return "The route returned null instead of a response.";
        if (response.Status is < 200 or > 599) return $"The status {response.Status} is not between 200 and 599.";
        if (response.Body.Length > LargestBody) return $"The body has {response.Body.Length} bytes; {LargestBody} are allowed.";
        if (response.Body.Length > 0 && ProblemOf(response.ContentType) is { } wrong) return wrong;
        if (response.Headers.Count > MostHeaders) return $"There are {response.Headers.Count} headers; {MostHeaders} are allowed.";
        return response.Headers.Select(ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(string? contentType) =>
        contentType is null || !IsPrintable(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? "The content type is not a media type."
        : OfPages.Any(kind => type.MediaType!.Contains(kind, StringComparison.OrdinalIgnoreCase))
            ? $"A route may not answer with {type.MediaType}: the chat's page would trust it."
        : type.MediaType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            ? $"A route may not answer with {type.MediaType}: its parts have headers of their own, which some browsers obey."
        : null;

    private static string? ProblemOf(KeyValuePair<string, string> header) =>
        !Allowed.Contains(header.Key) ? $"The header {header.Key} is none of those that a route may set: {string.Join(", ", Allowed)}."
        : header.Value is null || header.Value.Length > LongestValue || !IsPrintable(header.Value)
            ? $"The value of the header {header.Key} is not printable ASCII of at most {LongestValue} characters."
        : null;

    private static bool IsPrintable(string text) => text.All(c => c is >= ' ' and <= '~');
}
