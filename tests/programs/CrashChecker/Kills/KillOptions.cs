namespace CrashChecker.Kills;

/// <param name="Kills">How often to kill the daemon.</param>
/// <param name="Most">When to stop even before that.</param>
internal sealed record KillOptions(int Seed, int Kills, TimeSpan Most, string Program)
{
    /// <summary>Kills after which the clients move to new rooms, so that reading a room whole stays short.</summary>
    public int KillsPerEra { get; init; } = 40;

    public int Rooms { get; init; } = 3;
}
