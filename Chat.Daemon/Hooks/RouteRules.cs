namespace Chat.Daemon.Hooks;

/// <summary>What a plugin may declare as routes. The analyzers check most of it at build time.</summary>
internal static class RouteRules
{
    private const int LargestBody = 1 << 20;

    private static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(30);

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Why the daemon rejects a route, or two that are the same, for the operator; null where it does not.</summary>
    public static string? ProblemOf(IReadOnlyList<RouteDescriptor> routes) =>
        routes.Select(ProblemOf).FirstOrDefault(problem => problem is not null)
        ?? routes.GroupBy(route => (route.Method, RoutePath.TryParse(route.Path, out var path) ? path.Shape : ""))
            .Where(same => same.Count() > 1).Select(same => $"Two routes answer {NameOf(same.First())}.").FirstOrDefault();

    /// <summary>The method and path, as in metadata.</summary>
    public static string NameOf(RouteDescriptor route) => $"{route.Method} {route.Path}";

    private static string? ProblemOf(RouteDescriptor route) =>
        !Methods.Contains(route.Method) ? $"The method of route {NameOf(route)} must be one of {string.Join(", ", Methods)}."
        : !RoutePath.TryParse(route.Path, out _) ? $"The path of route {NameOf(route)} must consist of words, and of names in braces."
        : route.Deadline is { } deadline && (deadline <= TimeSpan.Zero || deadline > LongestDeadline)
            ? $"The deadline of route {NameOf(route)} must be more than 0 and at most {LongestDeadline.TotalSeconds} s."
        : route.MaxBodyBytes is < 0 or > LargestBody ? $"The body of route {NameOf(route)} may have at most {LargestBody} bytes."
        : route.Permission is { } permission && !permission.Split('.').All(IsWord)
            ? $"The permission of route {NameOf(route)} must consist of words with dots between them."
        : null;

    private static bool IsWord(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
