namespace HostileGuests;

/// <summary>What hostile guests do over and over, each on its own connection.</summary>
/// <param name="Connections">How many of them there are at a time.</param>
/// <param name="What">For the reader of the table.</param>
internal sealed record Attack(string Name, int Connections, string What)
{
    /// <summary>Sent once on each new connection; null to stay without a login.</summary>
    public string? Begin { get; init; }

    /// <summary>
    /// Sent again and again, without waiting for answers. <c>#</c> becomes a running number, <c>@</c> one that no other connection has.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>How it is sent.</summary>
    public Manner Manner { get; init; } = Manner.Flood;

    /// <summary>Whether the answers are read. A guest who does not read them sends no more once its own buffers are full.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Whether it connects to the HTTP address.</summary>
    public bool IsHttp { get; init; }
}
