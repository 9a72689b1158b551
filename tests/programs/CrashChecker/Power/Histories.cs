using CrashChecker.Clients;
using CrashChecker.Judging;

namespace CrashChecker.Power;

/// <summary>What was seen before the power went, and what each client must remember of it.</summary>
internal static class Histories
{
    /// <param name="calls">The calls that the disk got.</param>
    /// <param name="mayForget">The daemon promises only what was synced: marks where that ends.</param>
    public static List<Observation> Before(Recording recording, int calls, bool mayForget)
    {
        var seen = recording.SeenBefore(calls).ToList();
        var sync = recording.LastSync(calls);
        if (!mayForget || sync == 0) return seen;
        var at = seen.FindIndex(observation => observation.Time >= sync);
        if (at < 0) at = seen.Count;
        // A mark of an earlier run of the same folder stays where it is.
        var isMarked = seen.Skip(at).Any(observation => observation is Observation.SyncEnded);
        if (!isMarked) seen.Insert(at, new Observation.SyncEnded { Time = sync });
        return seen;
    }

    /// <returns>Null if the client had not got its <c>welcome</c>.</returns>
    public static Memory? MemoryOf(ChatterPlan plan, IEnumerable<Observation> seen, bool mayForget)
    {
        var memory = new Memory(plan.Session);
        foreach (var observation in seen)
        {
            switch (observation)
            {
                case Observation.Welcomed welcomed when welcomed.Session == plan.Session:
                    (memory.User, memory.Token) = (welcomed.User, welcomed.Token);
                    break;
                case Observation.Sent sent when sent.Session == plan.Session && !sent.Again:
                    memory.Keep(new OutgoingMessage(Place.Of(sent.Conversation, memory.User), sent.Id, sent.Text));
                    break;
                // After a loss of numbers a client drops its unanswered changes: they may mean other messages.
                case Observation.ChangeSent sent when sent.Session == plan.Session && !sent.Again && !mayForget:
                    memory.Keep(new OutgoingChange(Place.Of(sent.Conversation, memory.User), sent.Id, sent.Change));
                    break;
                case Observation.Changed { Id: { } id } changed when changed.Session == plan.Session:
                    memory.Answered(id, isApplied: true);
                    break;
                case Observation.Echoed echoed when echoed.Session == plan.Session:
                    memory.Answered(echoed.Id, isApplied: true);
                    break;
                case Observation.Refused { Code: not "unavailable" } refused when refused.Session == plan.Session:
                    memory.Answered(refused.Id, isApplied: false);
                    break;
                default: break;
            }
        }
        return memory.Token is null ? null : memory;
    }
}
