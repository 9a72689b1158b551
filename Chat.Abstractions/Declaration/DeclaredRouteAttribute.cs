namespace Chat;

/// <summary>
/// Describes a route in the assembly's metadata, so that the daemon can list it before it runs the plugin. The compiler writes it; don't
/// use it yourself.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredRouteAttribute(string route) : Attribute
{
    /// <summary>The method and the path, with a space between them.</summary>
    public string Route { get; } = route;

    public string Permission { get; set; } = "";

    /// <summary>The name of a <see cref="Role"/>.</summary>
    public string DefaultRole { get; set; } = "";
}
