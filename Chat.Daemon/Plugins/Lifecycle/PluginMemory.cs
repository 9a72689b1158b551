using System.Text.Json.Serialization;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A version whose copy is kept.</summary>
/// <param name="Assembly">The name of its DLL in the copy.</param>
/// <param name="Shipped">It came with the program.</param>
/// <param name="Place">The folder or DLL that it was copied from: its settings lie there.</param>
internal sealed record KeptVersion(string Hash, string Version, string Assembly, bool Shipped, string Place)
{
    [JsonIgnore]
    public PluginSource Source => new(
        Path.GetFileNameWithoutExtension(Assembly), IsFile ? Place : Path.Combine(Place, Assembly), IsFile ? null : Place, Shipped ? PluginOrigin.Shipped : PluginOrigin.Dropped);

    private bool IsFile => Path.GetFileName(Place) == Assembly;

    public static KeptVersion Of(PluginCandidate candidate) =>
        new(candidate.Hash, candidate.Manifest.Version, Path.GetFileName(candidate.Staged.Assembly), candidate.Source.Origin is PluginOrigin.Shipped, candidate.Source.Path);
}

/// <param name="Over">The hash of what lay there when the admin rolled back; null: nothing did. Something else there ends it.</param>
internal sealed record RolledBack(string To, string? Over);

internal sealed record FailedStarts(string Hash, IReadOnlyList<DateTimeOffset> At);

/// <summary>What outlives a restart of the daemon, of one id.</summary>
internal sealed record PluginMemory
{
    /// <summary>The running version and those before it that can be rolled back to.</summary>
    private const int MostVersions = 4;

    private const int MostFailures = 3;

    private static readonly TimeSpan FailuresCount = TimeSpan.FromHours(1);

    public bool Disabled { get; init; }

    public RolledBack? RolledBack { get; init; }

    /// <summary>In the order in which they became active; the running one is the last, or below those that were rolled back.</summary>
    public IReadOnlyList<KeptVersion> Versions { get; init; } = [];

    public FailedStarts? Failed { get; init; }

    /// <summary>The hash of what is not started any more.</summary>
    public string? Quarantined { get; init; }

    /// <param name="before">What ran until then; what stands above it is forgotten.</param>
    public PluginMemory Activated(KeptVersion version, string? before)
    {
        var cleared = this with { Failed = Failed?.Hash == version.Hash ? null : Failed };
        if (RolledBack?.To == version.Hash) return cleared;
        var running = Versions.ToList().FindIndex(v => v.Hash == before);
        var below = running < 0 ? Versions : Versions.Take(running + 1);
        return cleared with { RolledBack = null, Versions = [.. below.Where(v => v.Hash != version.Hash).Append(version).TakeLast(MostVersions)] };
    }

    public PluginMemory FailedToStart(string hash, DateTimeOffset now)
    {
        var earlier = Failed?.Hash == hash ? Failed.At.Where(at => now - at < FailuresCount) : [];
        var failed = new FailedStarts(hash, [.. earlier.Append(now).TakeLast(MostFailures)]);
        return this with { Failed = failed, Quarantined = failed.At.Count == MostFailures ? hash : Quarantined };
    }

    /// <summary>The version below the running one; null where there is none.</summary>
    public KeptVersion? Before(string running)
    {
        var at = Versions.ToList().FindIndex(v => v.Hash == running);
        return at > 0 ? Versions[at - 1] : null;
    }
}
