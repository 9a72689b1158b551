using System.IO.Pipelines;
using System.Net.Sockets;

namespace Chat.Daemon.Web;

/// <summary>Reads through Kestrel's pipe, and writes into the socket.</summary>
internal sealed class DirectTransport(PipeReader input, Socket socket) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output { get; } = PipeWriter.Create(new ReplyStream(socket));
}
