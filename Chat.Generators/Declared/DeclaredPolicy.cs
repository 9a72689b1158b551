namespace Chat.Generators.Declared;

/// <param name="DefaultRole">A member of <c>Role</c>.</param>
/// <param name="Where">A member of <c>Where</c>.</param>
internal sealed record DeclaredPolicy(
    string? Permission,
    string? DefaultRole,
    string? Where,
    int? RateCount,
    int? RateSeconds,
    int? DeadlineMilliseconds,
    bool Confirm,
    bool Audit,
    bool Hidden);
