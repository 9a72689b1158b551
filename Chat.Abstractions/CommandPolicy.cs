namespace Chat;

/// <summary>What the daemon enforces around a command; the plugin can't forget to.</summary>
public sealed record CommandPolicy
{
    /// <summary>Everybody, anywhere, as often as the connection's own rate allows.</summary>
    public static readonly CommandPolicy Open = new();

    /// <summary>Dotted (<c>room.kick</c>), several commands may share one; null: <c>command.</c> and the name.</summary>
    public string? Permission { get; init; }

    /// <summary>The lowest role that has the permission as long as the operator says nothing else.</summary>
    public Role DefaultRole { get; init; }

    public Where Where { get; init; }

    /// <summary>For each user; null is no limit.</summary>
    public CommandRate? Rate { get; init; }

    /// <summary>Null: 5 s. At most 10 minutes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Runs only when the same call is repeated within 30 s.</summary>
    public bool Confirm { get; init; }

    /// <summary>Every invocation is recorded with its arguments and outcome, refusals too.</summary>
    public bool Audit { get; init; }

    /// <summary>Works, but shows in no list, completion or guess.</summary>
    public bool Hidden { get; init; }
}

/// <param name="Count">How many in any <paramref name="Per"/>; all of them may come at once.</param>
public sealed record CommandRate(int Count, TimeSpan Per);
