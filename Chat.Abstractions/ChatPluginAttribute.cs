namespace Chat;

/// <summary>Marks an assembly as a plugin. The daemon reads it from the metadata, before it runs any code of the plugin.</summary>
/// <param name="contractLevel">Leave it out: the compiler fills in the level of the contract that you compile against.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChatPluginAttribute(int contractLevel = ContractLevel.Current) : Attribute
{
    public int ContractLevel { get; } = contractLevel;

    /// <summary>Unique among loaded plugins, and the same in every version: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Id { get; set; }

    /// <summary>Shown to operators. Null means the assembly's version.</summary>
    public string? Version { get; set; }
}
