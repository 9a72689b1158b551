namespace Chat.Daemon.Transport;

/// <summary>Where the bytes of an outbox go. One caller at a time.</summary>
internal interface IOutput
{
    /// <summary>Sends as many bytes as possible without waiting, and returns how many.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Completes when all the bytes have left the process.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    Task SendAsync(ReadOnlyMemory<byte> bytes);
}
