using CrashChecker.Judging;

namespace CrashChecker;

/// <summary>The outcome of a run, for people.</summary>
/// <param name="Judged">Messages that a promise was held against.</param>
internal sealed record Report(IReadOnlyList<Finding> Findings, long Judged)
{
    private const int Shown = 40;

    /// <summary>A run that ended before it had judged anything found nothing, and shows nothing.</summary>
    public bool ShowsNoFault => Findings.Count == 0 && Judged > 0;

    public IReadOnlyList<string> Lines { get; init; } = [];

    public override string ToString() => string.Join('\n', (IEnumerable<string>)
    [
        .. Lines,
        .. Findings.Take(Shown).Select(finding => $"FOUND {finding}"),
        .. Findings.Count > Shown ? [$"FOUND {Findings.Count - Shown} more"] : Array.Empty<string>(),
        $"{Findings.Count} findings",
        .. Judged == 0 ? ["No message was judged: let it run for longer."] : Array.Empty<string>(),
    ]);
}
