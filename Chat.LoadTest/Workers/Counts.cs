namespace Chat.LoadTest.Workers;

/// <summary>What was counted, by one worker or by all.</summary>
internal sealed record Counts
{
    /// <summary>Users that came into their rooms.</summary>
    public int Users { get; init; }

    public long Sent { get; init; }

    /// <summary>Own messages that came back to their senders.</summary>
    public long Echoed { get; init; }

    /// <summary>Messages that reached a member, each once; echoes among them.</summary>
    public long Delivered { get; init; }

    /// <summary>Of those, the ones that were due after the warm-up.</summary>
    public long Measured { get; init; }

    public long Lost { get; init; }

    public long Doubled { get; init; }

    public long Disordered { get; init; }

    /// <summary>Messages of another room.</summary>
    public long Strayed { get; init; }

    /// <summary>Deliveries that did not come to users whose connection ended.</summary>
    public long Missed { get; init; }

    /// <summary>Messages whose outcome their senders do not know.</summary>
    public long Unknown { get; init; }

    /// <summary>Messages that were due, but for whose turn the daemon was too slow.</summary>
    public long Unsent { get; init; }

    /// <summary>Processor time of the workers after the warm-up, in seconds.</summary>
    public double WorkerSeconds { get; init; }

    /// <summary>Users that could not come in, by the refusal's code.</summary>
    public Dictionary<string, int> NotIn { get; init; } = [];

    /// <summary>Connections that ended before the run did, by reason.</summary>
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
        a.Concat(b).GroupBy(one => one.Key, one => one.Value).ToDictionary(same => same.Key, same => same.Sum());
}
