namespace Chat;

/// <summary>The rules that the daemon enforces before and during an invocation.</summary>
public sealed record CommandPolicy
{
    /// <summary>Any role, anywhere, without a rate limit of its own.</summary>
    public static readonly CommandPolicy Open = new();

    /// <summary>
    /// Words separated by dots, such as <c>room.kick</c>; commands may share one. Null means <c>command.</c> and the command's name.
    /// </summary>
    public string? Permission { get; init; }

    /// <summary>The lowest role that has the permission, unless the operator decides otherwise.</summary>
    public Role DefaultRole { get; init; }

    public Where Where { get; init; }

    /// <summary>The limit for each user; null for no limit.</summary>
    public CommandRate? Rate { get; init; }

    /// <summary>Up to 10 minutes. Null means 5 s.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The command runs only when the caller repeats it within 30 s.</summary>
    public bool Confirm { get; init; }

    /// <summary>The audit records every invocation with its arguments and outcome, even if it is refused.</summary>
    public bool Audit { get; init; }

    /// <summary>The command works, but lists, completion and suggestions leave it out.</summary>
    public bool Hidden { get; init; }
}
