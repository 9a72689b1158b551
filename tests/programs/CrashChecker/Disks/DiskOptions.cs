namespace CrashChecker.Disks;

/// <param name="Rounds">How often each fault comes.</param>
/// <param name="Most">When to begin nothing more.</param>
internal sealed record DiskOptions(int Seed, int Rounds, TimeSpan Most, string Program);
