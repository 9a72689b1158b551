namespace Chat.Protocol;

/// <summary>A command that the caller may run.</summary>
/// <param name="Where"><c>anywhere</c>, <c>room</c> or <c>direct</c>.</param>
public sealed record CommandEntry(
    string Name, IReadOnlyList<string> Aliases, string Summary, string Usage, IReadOnlyList<ParameterEntry> Parameters,
        string Where = "anywhere");
