namespace Chat;

/// <summary>What the caller must be allowed. On a class it holds for all of its commands that say nothing else, and for those of derived classes and of classes in it; so do all of these.</summary>
/// <param name="name">Dotted, such as <c>room.kick</c>; several commands may share one. Without this attribute it is <c>command.</c> and the command's name.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PermissionAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The lowest role that has it as long as the operator says nothing else.</summary>
    public Role DefaultRole { get; set; }
}

/// <summary>Refuses the command elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class OnlyInAttribute(Where where) : Attribute
{
    public Where Where { get; } = where;
}

/// <summary>For each user and command; all of <paramref name="count"/> may come at once. Calls whose arguments are refused count too.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RateLimitAttribute(int count, int perSeconds) : Attribute
{
    public int Count { get; } = count;

    public int PerSeconds { get; } = perSeconds;
}

/// <summary>How long the method may take before it is cancelled: 5 s where nothing is said, at most 10 minutes.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class DeadlineAttribute(int milliseconds) : Attribute
{
    public int Milliseconds { get; } = milliseconds;
}

/// <summary>Runs only when the same call is repeated within 30 s.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ConfirmAttribute : Attribute;

/// <summary>Every invocation is recorded with its arguments and outcome, refusals too.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuditAttribute : Attribute;

/// <summary>Works, but shows in no list, completion or guess.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class HiddenAttribute : Attribute;
