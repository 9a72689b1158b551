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

    /// <summary>Ana sends three messages, and they are echoed as 1, 2 and 3.</summary>
    public static Story OfThree() => new Story().Joins("ana.1", 0).Sends(1, 2, 3).Echo(1, 1).Echo(2, 2).Echo(3, 3);

    private Story Each<T>(IEnumerable<T> values, Func<T, Observation> observation)
    {
        foreach (var value in values) See(observation(value));
        return this;
    }
}
