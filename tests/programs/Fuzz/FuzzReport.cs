using System.Globalization;

namespace Fuzz;

/// <summary>What a run of one target found.</summary>
/// <param name="Reached">Branches; 0 without instrumentation.</param>
/// <param name="Kept">Inputs that reached a branch first, in their order.</param>
internal sealed record FuzzReport(
    string Target, long Inputs, TimeSpan Took, int Reached, IReadOnlyList<byte[]> Kept, IReadOnlyList<Finding> Findings)
{
    public override string ToString()
    {
        var rate = Inputs / Math.Max(Took.TotalSeconds, 0.001);
        var coverage = Reached > 0 ? $", {Reached} branch counts by {Kept.Count} inputs" : "";
        var findings = string.Concat(Findings.Select(f => $"\n  FAILED {f.Kind}\n  {f.Shown}\n{f.Story}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Target}: {Inputs} inputs in {Took.TotalSeconds:0.0} s ({rate:0}/s), {Findings.Count} findings{coverage}{findings}");
    }
}
