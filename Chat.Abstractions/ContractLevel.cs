namespace Chat;

/// <summary>
/// The version of the plugin contract. A daemon loads plugins from <see cref="OldestSupported"/> to <see cref="Current"/>.
/// </summary>
public static class ContractLevel
{
    /// <summary>Rises with every addition to this assembly.</summary>
    public const int Current = 1;

    /// <summary>Rises when something that plugins call is removed.</summary>
    public const int OldestSupported = 1;
}
