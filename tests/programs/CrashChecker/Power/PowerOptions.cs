namespace CrashChecker.Power;

/// <param name="Durability">The daemon's setting, <c>full</c> or <c>normal</c>.</param>
/// <param name="Most">When to begin nothing more.</param>
internal sealed record PowerOptions(int Seed, string Durability, TimeSpan Most, string Program)
{
    /// <summary>Runs to record.</summary>
    public int Lives { get; init; } = int.MaxValue;

    /// <summary>Moments at which each of them loses its power.</summary>
    public int LossesPerLife { get; init; } = 12;

    /// <summary>How long the clients write in each.</summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>For a disk that forgets everything, to prove that the checks find it.</summary>
    public bool DiskForgets { get; init; }
}
