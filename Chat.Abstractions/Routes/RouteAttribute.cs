namespace Chat;

/// <summary>
/// Makes a method answer HTTP requests under <c>/p/</c> and the plugin's id. Its class may take services in the constructor. Its
/// parameters are the <see cref="RouteRequest"/>, a <see cref="CancellationToken"/>, and a string for each part of the path in braces. It
/// returns a <see cref="RouteResponse"/>, a string, or nothing.
/// </summary>
/// <remarks>
/// Anyone may call a route, unless a <see cref="PermissionAttribute"/> names a role above <see cref="Role.Guest"/>: then the daemon asks
/// for a login first. A <see cref="DeadlineAttribute"/> may allow up to 30 s; without one it is 10 s.
/// </remarks>
/// <param name="method"><c>GET</c>, which also answers <c>HEAD</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c> or <c>DELETE</c>.</param>
/// <param name="path">
/// Without a slash at either end: <c>in/{secret}</c>. A part in braces stands for any one part. Empty for the plugin's own address.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RouteAttribute(string method, string path) : Attribute
{
    public string Method { get; } = method;

    public string Path { get; } = path;

    /// <summary>The largest body that a request may have, up to 1 MiB.</summary>
    public int MaxBodyBytes { get; set; } = RouteDescriptor.UsualBodyBytes;
}
