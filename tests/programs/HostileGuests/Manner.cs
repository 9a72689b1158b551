namespace HostileGuests;

internal enum Manner
{
    /// <summary>As fast as the peer takes it.</summary>
    Flood,

    /// <summary>Once for each connection, then the next connection.</summary>
    Connect,

    /// <summary>One byte at a time, with pauses.</summary>
    Drip,

    /// <summary>Once, and then nothing until the peer closes the connection.</summary>
    Hold,
}
