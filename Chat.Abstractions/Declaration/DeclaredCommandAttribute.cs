namespace Chat;

/// <summary>
/// Describes a command in the assembly's metadata, so that the daemon can list it before it runs the plugin. The compiler writes it;
/// don't use it yourself.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredCommandAttribute(string name) : Attribute
{
    /// <summary>The canonical name, including the group's.</summary>
    public string Name { get; } = name;

    /// <summary>All other names, separated by commas.</summary>
    public string Aliases { get; set; } = "";

    public string Permission { get; set; } = "";

    /// <summary>The name of a <see cref="Role"/>.</summary>
    public string DefaultRole { get; set; } = "";

    /// <summary>The parameters as help shows them: <c>&lt;alvo&gt; [motivo…]</c>.</summary>
    public string Usage { get; set; } = "";

    public string Summary { get; set; } = "";
}
