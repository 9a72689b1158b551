using CrashChecker.Judging;

namespace Chat.Crash.Tests;

/// <summary>
/// A forged history: three users in one room. Every message is <c>text-NUMBER</c>, and its id is <c>NUMBER</c>.
/// </summary>
internal sealed class Story
{
    public const string Room = "room:geral";

    private readonly Judge judge = new();
    private int readings;

    /// <summary>The kinds of findings, each once, in alphabetical order.</summary>
    public string Findings
    {
        get
        {
            judge.Finish();
            return string.Join(", ", judge.Findings.Select(finding => finding.Kind.ToString()).Distinct().Order(StringComparer.Ordinal));
        }
    }

    public static View Of(long seq, int number, string from = "ana") => new(seq, from, $"text-{number}", $"at-{number}");

    public Story See(Observation observation)
    {
        judge.See(observation);
        return this;
    }

    public Story Joins(string connection, long seq, long? after = null) => See(new Observation.Cut(connection, Room, seq, after));

    public Story Sends(params int[] numbers) => Each(
        numbers, number => new Observation.Sent("ana", "ana", Room, $"{number}", $"text-{number}"));

    public Story Echo(long seq, int number, string connection = "ana.1") =>
        See(new Observation.Echoed(connection, "ana", Room, $"{number}", Of(seq, number)));

    public Story Error(int number, string code) => See(new Observation.Refused("ana", Room, $"{number}", code));

    public Story Delivers(string connection, params (long Seq, int Number)[] messages) => Each(
        messages, message => new Observation.Delivered(connection, Room, Of(message.Seq, message.Number)));

    /// <summary>The log, read whole.</summary>
    public Story Log(params (long Seq, int Number)[] messages) => LogAfter(0, messages);

    public Story LogAfter(long after, params (long Seq, int Number)[] messages) =>
        LogOf(after, [.. messages.Select(message => Of(message.Seq, message.Number))]);

    public Story LogOf(long after, params View[] messages)
    {
        var reading = $"reading {++readings}";
        return See(new Observation.ReadBegan(reading, Room, after)).See(new Observation.ReadEnded(reading, messages));
    }

    /// <summary>From now on the newest so many are kept.</summary>
    public Story Limited(int kept) => See(new Observation.Limited(Room, kept));

    public Story Asks(string id, ChangeKind kind, long seq, string content = "", string user = "ana") =>
        See(new Observation.ChangeSent(user, user, Room, id, new(kind, seq, content)));

    public Story Answer(
        string id, long? rev, ChangeKind kind, long seq, string content = "", string user = "ana", string? connection = null) =>
        See(new Observation.Changed(connection ?? $"{user}.1", Room, rev, user, new(kind, seq, content), user, id));

    public Story Tells(string connection, long rev, ChangeKind kind, long seq, string content = "", string user = "ana") =>
        See(new Observation.Changed(connection, Room, rev, user, new(kind, seq, content)));

    /// <summary>Three messages; the first is edited, the second deleted, and bia reacts to the third.</summary>
    public static Story OfThreeChanges() => OfThree().Joins("bia.1", 3)
        .Asks("c1", ChangeKind.Edit, 1, "new").Answer("c1", 1, ChangeKind.Edit, 1, "new").Tells("bia.1", 1, ChangeKind.Edit, 1, "new")
        .Asks("c2", ChangeKind.Delete, 2).Answer("c2", 2, ChangeKind.Delete, 2).Tells("bia.1", 2, ChangeKind.Delete, 2)
        .Asks("c3", ChangeKind.React, 3, "👍", "bia").Answer("c3", 3, ChangeKind.React, 3, "👍", "bia")
        .Tells("ana.1", 3, ChangeKind.React, 3, "👍", "bia");

    /// <summary>A whole reading of them, of which one message may be another.</summary>
    public Story ChangedLog(View? other = null, long rev = 3)
    {
        View[] all =
        [
            Of(1, 1) with { Text = "new", Rev = 1 },
            Of(2, 2) with { Text = "", Erased = true, Rev = 2 },
            Of(3, 3) with { Rev = 3, Reactions = View.ReactionsOf([("👍", 1)]) },
        ];
        if (other is not null) all[other.Seq - 1] = other;
        var reading = $"reading {++readings}";
        return See(new Observation.ReadBegan(reading, Room, 0)).See(new Observation.ReadEnded(reading, all, rev));
    }

    /// <summary>An answer to <c>join</c> with <c>after</c> and <c>rev</c>.</summary>
    public Story Resumes(long after, long afterRev, long rev, params View[] changed) =>
        See(new Observation.Resumed(Room, after, afterRev, rev, changed));

    /// <summary>An echo that shows the number alone.</summary>
    public Story ErasedEcho(long seq, int number) =>
        See(new Observation.Echoed("ana.1", "ana", Room, $"{number}", new View(seq, "", "", "at", Erased: true)));

    /// <summary>Ana sends three messages, and they are echoed as 1, 2 and 3.</summary>
    public static Story OfThree() => new Story().Joins("ana.1", 0).Sends(1, 2, 3).Echo(1, 1).Echo(2, 2).Echo(3, 3);

    private Story Each<T>(IEnumerable<T> values, Func<T, Observation> observation)
    {
        foreach (var value in values) See(observation(value));
        return this;
    }
}
