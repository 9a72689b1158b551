using CrashChecker.Judging;

namespace CrashChecker;

/// <summary>The outcome of a run, for people.</summary>
internal sealed record Report(IReadOnlyList<Finding> Findings)
{
    private const int Shown = 40;

    public IReadOnlyList<string> Lines { get; init; } = [];

    public override string ToString() => string.Join('\n', (IEnumerable<string>)
    [
        .. Lines,
        .. Findings.Take(Shown).Select(finding => $"FOUND {finding}"),
        .. Findings.Count > Shown ? [$"FOUND {Findings.Count - Shown} more"] : Array.Empty<string>(),
        $"{Findings.Count} findings",
    ]);
}
