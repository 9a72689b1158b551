using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What the daemon remembers about one id across restarts. Stored as JSON.</summary>
internal sealed record PluginRecord
{
    /// <summary>The active version, and three to roll back to.</summary>
    private const int MaxVersions = 4;

    private const int MaxFailures = 3;

    private static readonly TimeSpan FailureWindow = TimeSpan.FromHours(1);

    public bool Disabled { get; init; }

    /// <summary>Null unless an admin has rolled back.</summary>
    public Rollback? RolledBack { get; init; }

    /// <summary>In the order in which they became active. The active one is last, or below the versions that were rolled back.</summary>
    public IReadOnlyList<KeptVersion> Versions { get; init; } = [];

    public FailedStarts? Failed { get; init; }

    /// <summary>The hash of the version that is not started again.</summary>
    public string? Quarantined { get; init; }

    /// <summary>Whether that version is quarantined because the process died during its starts.</summary>
    public bool KilledProcess { get; init; }

    /// <param name="before">The hash of the version that was active. Versions above it are forgotten.</param>
    public PluginRecord Activated(KeptVersion version, string? before)
    {
        var cleared = this with { Failed = Failed?.Hash == version.Hash ? null : Failed };
        if (RolledBack?.To == version.Hash) return cleared;
        var position = Versions.ToList().FindIndex(v => v.Hash == before);
        var below = position < 0 ? Versions : Versions.Take(position + 1);
        return cleared with
        {
            RolledBack = null,
            Versions = [.. below.Where(v => v.Hash != version.Hash).Append(version).TakeLast(MaxVersions)],
        };
    }

    /// <summary>Quarantines the version after three failures within an hour.</summary>
    public PluginRecord FailedToStart(string hash, DateTimeOffset now)
    {
        var recent = Failed?.Hash == hash ? Failed.At.Where(at => now - at < FailureWindow) : [];
        var failed = new FailedStarts(hash, [.. recent.Append(now).TakeLast(MaxFailures)]);
        return failed.At.Count < MaxFailures ? this with { Failed = failed }
            : this with { Failed = failed, Quarantined = hash, KilledProcess = false };
    }

    /// <summary>Quarantines the version.</summary>
    public PluginRecord Killed(string hash) => this with { Quarantined = hash, KilledProcess = true };

    /// <summary>Ends a disable or a quarantine.</summary>
    public PluginRecord Enabled() => this with { Disabled = false, Quarantined = null, KilledProcess = false, Failed = null };

    /// <summary>The version below the active one; null if there is none.</summary>
    public KeptVersion? Before(string active)
    {
        var position = Versions.ToList().FindIndex(v => v.Hash == active);
        return position > 0 ? Versions[position - 1] : null;
    }

    /// <summary>Failed starts of one version.</summary>
    public sealed record FailedStarts(string Hash, IReadOnlyList<DateTimeOffset> At);
}
