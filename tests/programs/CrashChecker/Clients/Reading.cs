using System.Text.Json;
using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>Reads a conversation from a number to its end, page by page, for the judge to compare with all that was shown before.</summary>
internal sealed class Reading(Link link, Memory memory, Observations observations)
{
    private static int count;

    /// <summary>Enters the room; <c>joined</c> brings the first page.</summary>
    /// <returns>False if the daemon refused.</returns>
    public async Task<bool> JoinAsync(Place room, long after)
    {
        var reading = Begin(room, after);
        var joined = await link.AskAsync(Frames.Of("join", ("room", room.Name), ("after", after)));
        if (IsRefused(joined)) return false;
        if (joined.GetProperty("seq").GetInt64() < after) return await JoinAsync(room, 0); // it went back, as the judge has seen
        await EndAsync(reading, room, after, joined);
        return true;
    }

    /// <summary>Reads it by history alone.</summary>
    public async Task ReadAsync(Place place, long after)
    {
        var reading = Begin(place, after);
        var first = await link.AskAsync(place.History(after));
        // If there is no such conversation, what was shown of it is lost.
        if (IsRefused(first)) observations.Add(new Observation.ReadEnded(reading, []));
        else await EndAsync(reading, place, after, first);
    }

    /// <exception cref="IOException">The daemon's storage does not answer at present.</exception>
    private static bool IsRefused(JsonElement answer)
    {
        if (!Frames.IsError(answer)) return false;
        return Frames.Code(answer) is "storage" or "unavailable" ? throw new IOException("the daemon cannot read its storage") : true;
    }

    private string Begin(Place place, long after)
    {
        var reading = $"reading {Interlocked.Increment(ref count)}";
        observations.Add(new Observation.ReadBegan(reading, place.Key, after));
        return reading;
    }

    private async Task EndAsync(string reading, Place place, long after, JsonElement page)
    {
        List<View> all = [.. Frames.Views(page)];
        while (page.GetProperty("more").GetBoolean())
        {
            page = await link.AskAsync(place.History(all.Count > 0 ? all[^1].Seq : after));
            if (Frames.IsError(page)) throw new IOException($"history of {place.Key} was refused with {Frames.Code(page)}");
            all.AddRange(Frames.Views(page));
        }
        foreach (var message in all) memory.Advance(place.Key, message);
        observations.Add(new Observation.ReadEnded(reading, all));
    }
}
