namespace Chat.Generators.Declared;

/// <summary>A method with <c>[Command]</c>, without compiler symbols, so that two readings of the same source are equal.</summary>
/// <param name="Owner">The fully qualified name of the class.</param>
/// <param name="Aliases">Aliases of the whole command, including the group's name.</param>
/// <param name="Parameters">All parameters of the method, in order.</param>
internal sealed record DeclaredCommand(
    string Owner,
    string Method,
    bool IsStatic,
    Reply Reply,
    string Name,
    EquatableArray<DeclaredName> Aliases,
    DeclaredText Summary,
    EquatableArray<string> Examples,
    EquatableArray<DeclaredParameter> Parameters,
    DeclaredPolicy Policy)
{
    /// <summary>The parameters that a caller gives.</summary>
    public IEnumerable<DeclaredParameter> Arguments => Parameters.Where(p => p.IsArgument);
}

/// <param name="Language">Null for no particular language.</param>
internal sealed record DeclaredName(string Name, string? Language);

/// <summary>Texts by language. The text of the empty language, if any, comes first.</summary>
internal sealed record DeclaredText(EquatableArray<KeyValuePair<string, string>> ByLanguage)
{
    public bool IsEmpty => ByLanguage.Count == 0;

    public string First => ByLanguage.Count == 0 ? "" : ByLanguage[0].Value;
}

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

/// <summary>What a method returns.</summary>
internal enum ReplyKind
{
    Nothing,
    Text,
    /// <summary>A <c>CommandResult</c>.</summary>
    Value,
}

/// <summary>How the caller waits for it.</summary>
internal enum Waiting
{
    No,
    Task,
    ValueTask,
}

internal sealed record Reply(ReplyKind Kind, Waiting Waiting);
