namespace Chat.Generators.Declared;

/// <summary>A method with <c>[Route]</c>, without compiler symbols, so that two readings of the same source are equal.</summary>
/// <param name="Owner">The fully qualified name of the class.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Verb">Of HTTP, in capitals.</param>
/// <param name="Arguments">Expressions for the method's parameters, in order.</param>
/// <param name="DefaultRole">A member of <c>Role</c>.</param>
internal sealed record DeclaredRoute(
    string Owner,
    string Method,
    bool IsStatic,
    Reply Reply,
    string Verb,
    string Path,
    EquatableArray<string> Arguments,
    string? Permission,
    string? DefaultRole,
    int? DeadlineMilliseconds,
    int? MaxBodyBytes)
{
    /// <summary>The same for two routes that answer the same requests.</summary>
    public string Shape => $"{Verb} {string.Join("/", Path.Split('/').Select(part => part.StartsWith("{") ? "{}" : part))}";
}
