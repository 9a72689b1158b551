namespace Chat.Generators.Declared;

/// <param name="Language">Null for no particular language.</param>
internal sealed record DeclaredName(string Name, string? Language);
