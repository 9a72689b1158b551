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

    /// <summary>Messages received from another room.</summary>
    public long Strayed { get; init; }

    /// <summary>Deliveries that users did not get because their connection ended.</summary>
    public long Missed { get; init; }

    /// <summary>Messages that were neither echoed nor refused.</summary>
    public long Unknown { get; init; }

    /// <summary>Messages that were due but never sent, because the daemon was too slow.</summary>
    public long Unsent { get; init; }

    /// <summary>Processor time of the workers since the warm-up, in seconds.</summary>
    public double WorkerSeconds { get; init; }

    /// <summary>Users that could not join, by the code of the refusal.</summary>
    public Dictionary<string, int> NotIn { get; init; } = [];

    /// <summary>Connections that ended early, by reason.</summary>
    public Dictionary<string, int> Ended { get; init; } = [];

    /// <summary>Refused messages, by code.</summary>
    public Dictionary<string, int> Refusals { get; init; } = [];

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
        Strayed = a.Strayed + b.Strayed,
        Missed = a.Missed + b.Missed,
        Unknown = a.Unknown + b.Unknown,
        Unsent = a.Unsent + b.Unsent,
        WorkerSeconds = a.WorkerSeconds + b.WorkerSeconds,
        NotIn = Sum(a.NotIn, b.NotIn),
        Ended = Sum(a.Ended, b.Ended),
        Refusals = Sum(a.Refusals, b.Refusals),
    };

    private static Dictionary<string, int> Sum(Dictionary<string, int> a, Dictionary<string, int> b) =>
        a.Concat(b).GroupBy(count => count.Key, count => count.Value).ToDictionary(group => group.Key, group => group.Sum());
}
