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
        var known = after > 0 ? memory.Rev(room.Key) : 0;
        var joined = await link.AskAsync(Frames.Of("join", ("room", room.Name), ("after", after), ("rev", known)));
        if (IsRefused(joined)) return false;
        if (joined.GetProperty("seq").GetInt64() < after || Frames.RevOf(joined) < known)
        {
            memory.ForgetChanges(room.Key); // it went back, as the judge has seen
            return await JoinAsync(room, 0);
        }
        await EndAsync(reading, room, after, joined);
        await ResumeAsync(room, after, known, joined);
        return true;
    }

    /// <summary>Fetches what has changed since the client was there.</summary>
    public async Task ResumeAsync(Place direct)
    {
        var known = memory.Rev(direct.Key);
        if (link.RevOf(direct) <= known) return;
        Resumed(direct, long.MaxValue, known, await ChangesAsync(direct, known));
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

    private async Task ResumeAsync(Place room, long after, long known, JsonElement joined)
    {
        var isMore = joined.TryGetProperty("more_changes", out var more) && more.GetBoolean();
        if (isMore) Resumed(room, long.MaxValue, known, await ChangesAsync(room, known));
        else Resumed(room, after, known, [.. joined.GetProperty("changed").EnumerateArray().Select(Frames.View)]);
    }

    private async Task<IReadOnlyList<View>> ChangesAsync(Place place, long rev)
    {
        var all = new List<View>();
        while (true)
        {
            var page = await link.AskAsync(place.Changes(rev));
            if (Frames.IsError(page)) throw new IOException($"changes of {place.Key} were refused with {Frames.Code(page)}");
            all.AddRange(Frames.Views(page));
            if (!page.GetProperty("more").GetBoolean()) return all;
            rev = Frames.RevOf(page)!.Value;
        }
    }

    private void Resumed(Place place, long after, long known, IReadOnlyList<View> changed)
    {
        observations.Add(new Observation.Resumed(place.Key, after, known, link.RevOf(place), changed));
        memory.SkipToRev(place.Key, link.RevOf(place));
    }

    /// <exception cref="IOException">The daemon's storage does not answer at present.</exception>
    private static bool IsRefused(JsonElement answer)
    {
        if (!Frames.IsError(answer)) return false;
        if (Frames.Code(answer) is "storage" or "unavailable") throw new IOException($"the daemon cannot read its storage: {answer}");
        return true;
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
        if (all.Count > 0 && all[0].Seq > after + 1) memory.SkipTo(place.Key, all[0].Seq);
        foreach (var message in all) memory.Advance(place.Key, message);
        observations.Add(new Observation.ReadEnded(reading, all, Frames.RevOf(page) ?? 0));
    }
}
