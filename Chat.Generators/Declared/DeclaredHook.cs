namespace Chat.Generators.Declared;

/// <summary>A class that the daemon calls by itself.</summary>
/// <param name="Event">What a handler hears of.</param>
/// <param name="Policy">What <c>[Filter]</c> says of a filter: the members' initializers; null where there is none.</param>
internal sealed record DeclaredHook(HookKind Kind, string Type, string? Event = null, string? Policy = null);

internal enum HookKind
{
    /// <summary>The author's own <c>IChatPlugin</c>.</summary>
    Plugin,
    Filter,
    Handler,
    Handover,
}

/// <param name="IsPlugin">It says so itself.</param>
internal sealed record DeclaredAssembly(string Name, bool IsPlugin);
