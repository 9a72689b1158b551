namespace Chat.Generators.Declared;

/// <summary>What a method with <c>[Command]</c> says, without any symbol of the compiler's: two readings of the same text are equal.</summary>
/// <param name="Owner">The class, as code names it from anywhere.</param>
/// <param name="Aliases">Of the whole command, its group's name included.</param>
/// <param name="Parameters">All of the method's, in its order.</param>
internal sealed record DeclaredCommand(
    string Owner, string Method, bool IsStatic, Reply Reply, string Name, Sequence<DeclaredName> Aliases, DeclaredText Summary, Sequence<string> Examples,
    Sequence<DeclaredParameter> Parameters, DeclaredPolicy Policy)
{
    /// <summary>Those that a caller gives.</summary>
    public IEnumerable<DeclaredParameter> Arguments => Parameters.Where(p => p.IsArgument);
}

/// <param name="Language">Null: nobody's in particular.</param>
internal sealed record DeclaredName(string Name, string? Language);

/// <summary>Texts by language; that of the empty language comes first, if any.</summary>
internal sealed record DeclaredText(Sequence<KeyValuePair<string, string>> ByLanguage)
{
    public bool IsEmpty => ByLanguage.Count == 0;

    public string First => ByLanguage.Count == 0 ? "" : ByLanguage[0].Value;
}

/// <param name="DefaultRole">The member of <c>Role</c>.</param>
/// <param name="Where">The member of <c>Where</c>.</param>
internal sealed record DeclaredPolicy(
    string? Permission, string? DefaultRole, string? Where, int? RateCount, int? RateSeconds, int? DeadlineMilliseconds, bool Confirm, bool Audit, bool Hidden);

/// <summary>What a method gives back.</summary>
internal enum ReplyKind
{
    Nothing,
    Text,
    /// <summary>A <c>CommandResult</c>.</summary>
    Value,
}

/// <summary>How it gives it back.</summary>
internal enum Waiting
{
    No,
    Task,
    ValueTask,
}

internal sealed record Reply(ReplyKind Kind, Waiting Waiting);
