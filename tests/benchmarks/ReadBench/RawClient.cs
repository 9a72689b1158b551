using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReadBench;

/// <summary>A connection that splits lines and parses nothing, so that the benchmark takes little of the processor.</summary>
internal sealed class RawClient : IDisposable
{
    /// <summary>Bytes of a line to look at: its type and its first fields.</summary>
    private const int Start = 200;

    private readonly Socket socket;
    private readonly PipeReader reader;

    private RawClient(Socket socket) => (this.socket, reader) = (socket, PipeReader.Create(new NetworkStream(socket)));

    /// <summary>A guest in the rooms, or in none.</summary>
    public static async Task<RawClient> LoginAsync(int port, string user, params string[] rooms)
    {
        var client = await ConnectAsync(port);
        await client.SendAsync($$"""{"type":"login","user":"{{user}}","rooms":[{{string.Join(',', rooms.Select(r => $"\"{r}\""))}}]}""");
        await client.UntilAsync("welcome");
        foreach (var _ in rooms) await client.UntilAsync("joined");
        return client;
    }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket);
    }

    public async Task SendAsync(string lines) => await socket.SendAsync(Encoding.UTF8.GetBytes(lines + "\n"));

    /// <summary>Reads up to the next frame of the type.</summary>
    /// <returns>The beginning of its line, and the line's length.</returns>
    public async Task<(string Start, long Length)> UntilAsync(string type)
    {
        while (true)
        {
            var (start, length) = await ReadLineAsync();
            if (start.StartsWith($"{{\"type\":\"{type}\"", StringComparison.Ordinal)) return (start, length);
            if (start.StartsWith("{\"type\":\"error\"", StringComparison.Ordinal)) throw new InvalidOperationException(start);
        }
    }

    /// <summary>The beginning of the next line, and its length.</summary>
    public async Task<(string Start, long Length)> ReadLineAsync()
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                var start = Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, Start)));
                var length = line.Length;
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return (start, length);
            }
            if (read.IsCompleted) throw new IOException("The daemon closed the connection.");
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose()
    {
        reader.Complete();
        socket.Dispose();
    }
}
