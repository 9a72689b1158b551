using System.IO.Pipelines;

namespace Chat.Daemon.Transport;

/// <summary>Writes through the transport's pipe, for connections with TLS.</summary>
internal sealed class PipeOutput(PipeWriter writer) : IOutput
{
    public int TrySend(ReadOnlySpan<byte> bytes) => 0;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if ((await writer.WriteAsync(bytes)).IsCompleted) throw new IOException("The client is gone.");
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("The connection is closed.", e);
        }
    }
}
