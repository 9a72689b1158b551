using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>Notices nodes that no longer count, by this node's own clock. For one caller at a time.</summary>
internal sealed class OtherNodes(NodeTable nodeTable, TimeProvider time)
{
    /// <summary>A node counts once a second. A plugin cannot delay it, but a busy machine or server can.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Dictionary<string, (long Beat, long Since)> seen = [];

    /// <summary>Looks at them, and declares those dead that have not counted on for too long.</summary>
    /// <returns>How many.</returns>
    public int BuryDead(NpgsqlConnection connection)
    {
        var now = new Dictionary<string, (long Beat, long Since)>();
        var buried = 0;
        foreach (var (backends, beat) in nodeTable.BeatsOfOthers(connection))
        {
            var since = seen.TryGetValue(backends, out var before) && before.Beat == beat ? before.Since : time.GetTimestamp();
            if (time.GetElapsedTime(since) >= Patience && NodeTable.TryBury(connection, backends, beat)) buried++;
            else now[backends] = (beat, since);
        }
        seen = now;
        return buried;
    }

    /// <summary>The database was away, and nobody could count.</summary>
    public void Forget() => seen.Clear();
}
