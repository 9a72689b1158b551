namespace Chat;

/// <summary>
/// The permission that the caller needs. On a class, this and the other policy attributes apply to every command in it, in derived
/// classes and in nested classes, unless the method or the nearer class has its own.
/// </summary>
/// <param name="name">
/// Words separated by dots, such as <c>room.kick</c>; commands may share one. Without this attribute it is <c>command.</c> and the
/// command's name.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PermissionAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The lowest role that has the permission, unless the operator decides otherwise.</summary>
    public Role DefaultRole { get; set; }
}

/// <summary>Limits the command to rooms or to direct conversations.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class OnlyInAttribute(Where where) : Attribute
{
    public Where Where { get; } = where;
}

/// <summary>
/// Limits how often each user may run the command. All <paramref name="count"/> calls may come at once; calls with wrong arguments
/// count too.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RateLimitAttribute(int count, int perSeconds) : Attribute
{
    public int Count { get; } = count;

    public int PerSeconds { get; } = perSeconds;
}

/// <summary>The time after which the invocation is cancelled: up to 10 minutes, 5 s without this attribute.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class DeadlineAttribute(int milliseconds) : Attribute
{
    public int Milliseconds { get; } = milliseconds;
}

/// <summary>The command runs only when the caller repeats it within 30 s.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ConfirmAttribute : Attribute;

/// <summary>The audit records every invocation with its arguments and outcome, even if it is refused.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuditAttribute : Attribute;

/// <summary>The command works, but lists, completion and suggestions leave it out.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class HiddenAttribute : Attribute;
