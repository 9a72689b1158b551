namespace Chat;

/// <summary>Everything the daemon knows about a route. Attributed methods become one of these.</summary>
public sealed record RouteDescriptor
{
    /// <summary>64 KiB.</summary>
    public const int UsualBodyBytes = 65_536;

    /// <inheritdoc cref="RouteAttribute(string, string)" path="/param[@name='method']"/>
    public required string Method { get; init; }

    /// <inheritdoc cref="RouteAttribute(string, string)" path="/param[@name='path']"/>
    public required string Path { get; init; }

    /// <summary>Words separated by dots. Null means <c>route.</c>, the plugin's id and the words of the path.</summary>
    public string? Permission { get; init; }

    /// <summary>
    /// The lowest role that has the permission, unless the operator decides otherwise. <see cref="Role.Guest"/>: anyone, also without a
    /// login.
    /// </summary>
    public Role DefaultRole { get; init; }

    /// <summary>Up to 30 s. Null means 10 s.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <inheritdoc cref="RouteAttribute.MaxBodyBytes"/>
    public int MaxBodyBytes { get; init; } = UsualBodyBytes;

    public required RouteInvoker Invoke { get; init; }
}
