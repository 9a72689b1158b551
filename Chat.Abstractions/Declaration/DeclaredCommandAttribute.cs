namespace Chat;

/// <summary>What the compiler writes into a plugin of each of its attributed commands, so that the catalogue can be read without running anything. Not for use by hand.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DeclaredCommandAttribute(string name) : Attribute
{
    /// <summary>Canonical, with its group's.</summary>
    public string Name { get; } = name;

    /// <summary>All further names, with a comma between two.</summary>
    public string Aliases { get; set; } = "";

    public string Permission { get; set; } = "";

    /// <summary>A <see cref="Role"/>, by name.</summary>
    public string DefaultRole { get; set; } = "";

    /// <summary>The parameters as help shows them: <c>&lt;alvo&gt; [motivo…]</c>.</summary>
    public string Usage { get; set; } = "";

    public string Summary { get; set; } = "";
}
