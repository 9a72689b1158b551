namespace Chat;

/// <summary>Makes an assembly a plugin. The daemon reads it from the metadata, before anything of the plugin runs.</summary>
/// <param name="contractLevel">Left out: the compiler writes in the level that the plugin is compiled against.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChatPluginAttribute(int contractLevel = ContractLevel.Current) : Attribute
{
    public int ContractLevel { get; } = contractLevel;

    /// <summary>Unique among loaded plugins, stable across versions; letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</summary>
    public required string Id { get; set; }

    /// <summary>For people; null: the assembly's version.</summary>
    public string? Version { get; set; }
}

/// <summary>Counts what a plugin may rely on. A daemon refuses plugins of a higher level than its own, and of one lower than <see cref="OldestSupported"/>.</summary>
public static class ContractLevel
{
    /// <summary>Rises with every addition to this assembly.</summary>
    public const int Current = 1;

    /// <summary>Rises when something that plugins call is taken away.</summary>
    public const int OldestSupported = 1;
}
