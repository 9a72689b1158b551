namespace Fuzz;

/// <summary>How to run a target.</summary>
/// <param name="Inputs">Mutated inputs, besides the seeds and the corpus.</param>
internal sealed record FuzzSettings(long Inputs, ulong Seed)
{
    public bool MeasuresTime { get; init; }

    /// <summary>Kinds of failures before the run gives up.</summary>
    public int MostKinds { get; init; } = 20;

    /// <summary>Where the running input and the findings go.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "chat-fuzz");

    public Corpus Corpus { get; init; } = Corpus.Built;
}
