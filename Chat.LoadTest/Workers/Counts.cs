using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>The counts of one worker or of the whole run.</summary>
internal sealed record Counts
{
    /// <summary>Users that joined their room.</summary>
    public int Users { get; init; }

    public long Sent { get; init; }

    /// <summary>Messages that came back to their sender.</summary>
    public long Echoed { get; init; }

    /// <summary>Messages received, echoes included and duplicates excluded.</summary>
    public long Delivered { get; init; }

    /// <summary>The part of <see cref="Delivered"/> that was due after the warm-up.</summary>
    public long Measured { get; init; }

    public long Lost { get; init; }

    public long Doubled { get; init; }

    public long Disordered { get; init; }

    /// <summary>Numbers (<c>seq</c>) that never came although later ones did, by receiver.</summary>
    public long Holes { get; init; }

    /// <summary>Deliveries with a number that another message had before, by receiver.</summary>
    public long Repeats { get; init; }

    /// <summary>Users that saw the messages of their conversation under other numbers than most.</summary>
    public long Differing { get; init; }

    /// <summary>Messages received from another room.</summary>
    public long Strayed { get; init; }

    /// <summary>Deliveries that users did not get because their connection ended.</summary>
    public long Missed { get; init; }

    /// <summary>Messages without a known outcome, because their connection ended or the daemon could not tell.</summary>
    public long Unknown { get; init; }

    /// <summary>Messages of connected users that never came back and were not refused.</summary>
    public long Unechoed { get; init; }

    /// <summary>Pages with a hole, and searches that did not find a message that is there.</summary>
    public long WrongAnswers { get; init; }

    /// <summary>Edits and reactions that were stored.</summary>
    public long Changed { get; init; }

    /// <summary>Changes received live, by receiver, without duplicates.</summary>
    public long ChangesDelivered { get; init; }

    /// <summary>Changes (<c>rev</c>) that connected users never got, although others did.</summary>
    public long ChangesLost { get; init; }

    public long ChangesDoubled { get; init; }

    public long ChangesDisordered { get; init; }

    /// <summary>Users to whom a changed message looks different than to most.</summary>
    public long ChangesDiffering { get; init; }

    /// <summary>Actions that were due but never begun, because the daemon was too slow.</summary>
    public long Unsent { get; init; }

    /// <summary>Requests that are not messages and that connected users got no answer to.</summary>
    public long Unanswered { get; init; }

    /// <summary>Processor time of the workers since the warm-up, in seconds.</summary>
    public double WorkerSeconds { get; init; }

    /// <summary>Users that could not join, by the code of the refusal.</summary>
    public Dictionary<string, int> NotIn { get; init; } = [];

    /// <summary>Connections that ended early, by reason.</summary>
    public Dictionary<string, int> Ended { get; init; } = [];

    /// <summary>Connections that ended early, as the scenario expects of slow readers, by reason.</summary>
    public Dictionary<string, int> EndedAsPlanned { get; init; } = [];

    /// <summary>Refused requests, by code.</summary>
    public Dictionary<string, int> Refusals { get; init; } = [];

    /// <summary>Whether everything sent reached everybody, once and in order, and every other request was answered rightly.</summary>
    [JsonIgnore]
    public bool IsClean => this is
    {
        Lost: 0, Doubled: 0, Disordered: 0, Strayed: 0, Holes: 0, Repeats: 0, Differing: 0, Unanswered: 0,
        Unechoed: 0, WrongAnswers: 0, ChangesLost: 0, ChangesDoubled: 0, ChangesDisordered: 0, ChangesDiffering: 0,
        Ended.Count: 0, NotIn.Count: 0,
    };

    public static Counts operator +(Counts a, Counts b) => new()
    {
        Users = a.Users + b.Users,
        Sent = a.Sent + b.Sent,
        Echoed = a.Echoed + b.Echoed,
        Delivered = a.Delivered + b.Delivered,
        Measured = a.Measured + b.Measured,
        Lost = a.Lost + b.Lost,
        Doubled = a.Doubled + b.Doubled,
        Disordered = a.Disordered + b.Disordered,
        Holes = a.Holes + b.Holes,
        Repeats = a.Repeats + b.Repeats,
        Differing = a.Differing + b.Differing,
        Strayed = a.Strayed + b.Strayed,
        Missed = a.Missed + b.Missed,
        Unknown = a.Unknown + b.Unknown,
        Unechoed = a.Unechoed + b.Unechoed,
        WrongAnswers = a.WrongAnswers + b.WrongAnswers,
        Changed = a.Changed + b.Changed,
        ChangesDelivered = a.ChangesDelivered + b.ChangesDelivered,
        ChangesLost = a.ChangesLost + b.ChangesLost,
        ChangesDoubled = a.ChangesDoubled + b.ChangesDoubled,
        ChangesDisordered = a.ChangesDisordered + b.ChangesDisordered,
        ChangesDiffering = a.ChangesDiffering + b.ChangesDiffering,
        Unsent = a.Unsent + b.Unsent,
        Unanswered = a.Unanswered + b.Unanswered,
        WorkerSeconds = a.WorkerSeconds + b.WorkerSeconds,
        NotIn = Sum(a.NotIn, b.NotIn),
        Ended = Sum(a.Ended, b.Ended),
        EndedAsPlanned = Sum(a.EndedAsPlanned, b.EndedAsPlanned),
        Refusals = Sum(a.Refusals, b.Refusals),
    };

    private static Dictionary<string, int> Sum(Dictionary<string, int> a, Dictionary<string, int> b) =>
        a.Concat(b).GroupBy(count => count.Key, count => count.Value).ToDictionary(group => group.Key, group => group.Sum());
}
