namespace Chat.Daemon.Hooks;

/// <summary>Codes of refused HTTP requests that no frame has.</summary>
internal static class RouteRefusal
{
    public const string NoSuchRoute = "no_such_route";

    public const string BadMethod = "bad_method";

    public const string BodyTooLarge = "body_too_large";

    /// <summary>It did not arrive in time.</summary>
    public const string BodyTooSlow = "body_too_slow";

    /// <summary>The plugin threw, or broke a rule. The log says more.</summary>
    public const string Failed = "route_failed";
}
