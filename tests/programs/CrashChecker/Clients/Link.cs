using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>
/// One connection of a session. It notes what arrives in the order in which it arrives, and gives each question its answer. Frames of
/// types that it does not know are ignored, as the protocol asks.
/// </summary>
internal sealed class Link(Wire wire, string name, Memory memory, Observations observations) : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (TaskCompletionSource<JsonElement> Answer, long? After, long? Rev)> asked = [];
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<string, long> revs = [];
    private int questions;
    private Task reading = Task.CompletedTask;

    /// <summary>The direct conversations in which this client takes part.</summary>
    public IReadOnlyList<Place> Directs { get; init; } = [];

    public string Name => name;

    /// <summary>Completes when the connection has ended and everything that arrived has been noted.</summary>
    public Task Ended => reading;

    /// <summary>Messages answered with <c>unavailable</c>: their outcome is unknown, and they are to be sent again.</summary>
    public ConcurrentQueue<string> Uncertain { get; } = [];

    /// <summary>The last change before those that come live.</summary>
    public long RevOf(Place place) => revs.GetValueOrDefault(place.Key);

    public void Start() => reading = ReadAsync();

    /// <exception cref="IOException">The connection ended before the answer.</exception>
    /// <exception cref="TimeoutException">No answer came.</exception>
    public async Task<JsonElement> AskAsync(JsonObject frame)
    {
        var id = $"q{Interlocked.Increment(ref questions)}";
        frame["id"] = id;
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[id] = (answer, (long?)frame["after"], (long?)frame["rev"]);
        await SendAsync(frame);
        if (reading.IsCompleted) Break();
        return await answer.Task.WaitAsync(AnswerTime);
    }

    /// <summary>Sends messages or changes in one write, all for the first time or all again.</summary>
    public async Task SayAsync(IReadOnlyCollection<Outgoing> messages, bool again)
    {
        foreach (var message in messages)
            observations.Add(message.Sending(memory, again));
        await SendAsync(messages.Select(message => message.Frame));
    }

    /// <summary>Notes a page of the history.</summary>
    public void Note(Place place, JsonElement page)
    {
        if (!Frames.IsError(page)) observations.Add(new Observation.Listed(place.Key, Frames.Views(page)));
    }

    public void Settle(IEnumerable<Place> places)
    {
        foreach (var place in places) observations.Add(new Observation.Settled(name, place.Key));
    }

    public void Dispose()
    {
        wire.Dispose();
        sending.Dispose();
    }

    private async Task SendAsync(params IEnumerable<JsonObject> frames)
    {
        await sending.WaitAsync();
        try
        {
            await wire.SendAsync(frames);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("closed", e);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var frame in wire.ReadAsync()) Take(frame);
        Break();
    }

    private void Break()
    {
        foreach (var id in asked.Keys)
            if (asked.TryRemove(id, out var question)) question.Answer.TrySetException(new IOException("the connection ended"));
    }

    private void Take(JsonElement frame)
    {
        var id = frame.TryGetProperty("id", out var label) ? label.GetString() : null;
        switch (frame.GetProperty("type").GetString())
        {
            case "message": Message(frame, id); break;
            case "change": Change(frame, id); break;
            case "error" when id is ['m' or 'c', ..]: Refused(frame, id); break;
            case "welcome": Welcome(frame); break;
            case "joined": Joined(frame, id); break;
            case "left": observations.Add(new Observation.Left(name, Place.Room(frame.GetProperty("room").GetString()!).Key)); break;
            default: break;
        }
        if (id is not null && asked.TryRemove(id, out var question)) question.Answer.TrySetResult(frame);
    }

    private void Message(JsonElement frame, string? id)
    {
        var (conversation, view) = (Place.KeyOf(frame), Frames.View(frame));
        memory.Advance(conversation, view);
        if (id is null)
        {
            observations.Add(new Observation.Delivered(name, conversation, view));
            return;
        }
        observations.Add(new Observation.Echoed(name, memory.Session, conversation, id, view));
        memory.Answered(id, isApplied: true, view.Erased ? null : view.Seq);
    }

    private void Change(JsonElement frame, string? id)
    {
        var (conversation, rev, from) = (Place.KeyOf(frame), Frames.RevOf(frame), frame.GetProperty("from").GetString()!);
        var (session, change) = (id is null ? null : memory.Session, Frames.Change(frame));
        observations.Add(new Observation.Changed(name, conversation, rev, from, change, session, id));
        if (rev is { } number) memory.AdvanceRev(conversation, number);
        if (id is not null) memory.Answered(id, isApplied: true);
    }

    private void Refused(JsonElement frame, string id)
    {
        if (memory.Unanswered.FirstOrDefault(message => message.Id == id) is not { } refused) return;
        var code = frame.GetProperty("code").GetString()!;
        observations.Add(new Observation.Refused(memory.Session, refused.Place.Key, id, code));
        if (code == "unavailable") Uncertain.Enqueue(id);
        else memory.Answered(id, isApplied: false);
    }

    private void Welcome(JsonElement frame)
    {
        memory.User = frame.GetProperty("user").GetString()!;
        memory.Token = frame.GetProperty("token").GetString()!;
        observations.Add(new Observation.Welcomed(memory.Session, memory.User, memory.Token));
        var known = frame.GetProperty("direct").EnumerateArray()
            .ToDictionary(direct => direct.GetProperty("user").GetString()!);
        foreach (var direct in Directs)
        {
            var isKnown = known.TryGetValue(direct.Name, out var cut);
            Cut(direct, isKnown ? cut : null, memory.Cursor(direct.Key), memory.Rev(direct.Key));
        }
    }

    private void Joined(JsonElement frame, string? id)
    {
        var isAsked = asked.TryGetValue(id ?? "", out var question);
        Cut(Place.Room(frame.GetProperty("room").GetString()!), frame, isAsked ? question.After : null, isAsked ? question.Rev : null);
    }

    private void Cut(Place place, JsonElement? frame, long? after, long? afterRev)
    {
        var (seq, rev) = frame is { } cut ? (cut.GetProperty("seq").GetInt64(), Frames.RevOf(cut) ?? 0) : (0, 0);
        revs[place.Key] = rev;
        observations.Add(new Observation.Cut(name, place.Key, seq, after) { Rev = rev, AfterRev = afterRev });
    }
}
