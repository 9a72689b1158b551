using System.Net.WebSockets;

namespace Fuzz.Targets;

/// <summary>.NET's own reader of WebSocket frames.</summary>
internal static class WebSocketOracle
{
    /// <summary>The text messages before the end, the first Close frame, or the first violation.</summary>
    public static List<byte[]> Read(byte[] bytes, bool isServer)
    {
        var found = new List<byte[]>();
        using var socket = WebSocket.CreateFromStream(
            new OneWay(bytes), new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero });
        try
        {
            var (buffer, message) = (new byte[4_096], new List<byte>());
            while (true)
            {
                var part = socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
                if (part.MessageType is WebSocketMessageType.Close) return found;
                message.AddRange(buffer.AsSpan(0, part.Count));
                if (!part.EndOfMessage) continue;
                if (part.MessageType is WebSocketMessageType.Text) found.Add([.. message]);
                message.Clear();
            }
        }
        catch (WebSocketException)
        {
            return found;
        }
    }

    /// <summary>Reads the bytes, and forgets what is written.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
        }
    }
}
