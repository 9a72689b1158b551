namespace Chat.Generators.Declared;

/// <param name="IsPlugin">Whether the author marked it as a plugin.</param>
internal sealed record DeclaredAssembly(string Name, bool IsPlugin);
