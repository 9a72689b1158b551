namespace Chat.LoadTest.Wire;

/// <summary>What a link calls, one call at a time.</summary>
internal interface ILinkOwner
{
    /// <summary>Whether it will stop reading, so that the kernel should buffer little for it.</summary>
    bool IsSlow { get; }

    /// <summary>Whether it speaks WebSocket.</summary>
    bool IsWebSocket { get; }

    /// <param name="line">Without its line break; valid during the call.</param>
    /// <param name="now">When the bytes were read, on the <see cref="MicrosecondClock"/>.</param>
    void TakeLine(ReadOnlySpan<byte> line, long now);

    /// <summary>What <see cref="Link.Write"/> could not write at once is written now.</summary>
    void Written(Link link);

    /// <summary>The other side has closed the connection, or it broke.</summary>
    void Closed();
}
