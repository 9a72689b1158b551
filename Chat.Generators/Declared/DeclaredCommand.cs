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
