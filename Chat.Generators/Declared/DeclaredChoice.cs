namespace Chat.Generators.Declared;

/// <param name="Member">The fully qualified name of the enum member.</param>
internal sealed record DeclaredChoice(DeclaredName Name, string Member);
