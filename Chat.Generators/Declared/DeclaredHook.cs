namespace Chat.Generators.Declared;

/// <summary>A class that the daemon calls.</summary>
/// <param name="Event">The event of a handler.</param>
/// <param name="Policy">The initializers of a filter's <c>[Filter]</c>; null if it has none.</param>
internal sealed record DeclaredHook(HookKind Kind, string Type, string? Event = null, string? Policy = null);
