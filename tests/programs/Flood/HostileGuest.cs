using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flood;

/// <summary>One hostile connection. It sends as fast as the daemon takes it, reads all answers, and comes back when it is thrown out.</summary>
internal sealed class HostileGuest(int port, FloodKind kind, int number)
{
    private static readonly byte[] Refusal = "{\"type\":\"error\""u8.ToArray();

    private int repetition;

    public long Answers { get; private set; }

    public long Refused { get; private set; }

    public long Connections { get; private set; }

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(over);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Thrown out, or the time is over.
            }
        }
    }

    private async Task ConnectAsync(CancellationToken over)
    {
        using var socket = await FloodWire.ConnectAsync(port, "127.0.0.1", over);
        Connections++;
        if (kind.Begin is { } begin) await SendAsync(socket, Numbered(begin) + "\n", over);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over);
        var reading = ReadAsync(socket, ended);
        try
        {
            do await SendAsync(socket, kind.IsOneOff ? kind.Lines + "\n" : Chunk(), ended.Token);
            while (!kind.IsOneOff);
        }
        finally
        {
            if (kind.IsOneOff) socket.Shutdown(SocketShutdown.Both);
            else await ended.CancelAsync();
            await reading;
        }
    }

    private static async Task SendAsync(Socket socket, string text, CancellationToken over)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, over)..];
    }

    private async Task ReadAsync(Socket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[1 << 16];
        var isBegin = true;
        try
        {
            while (await socket.ReceiveAsync(buffer, ended.Token) is var count and > 0) isBegin = Count(buffer.AsSpan(0, count), isBegin);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Thrown out, or the time is over.
        }
        if (!kind.IsOneOff) await ended.CancelAsync();
    }

    private bool Count(ReadOnlySpan<byte> bytes, bool isBegin)
    {
        while (!bytes.IsEmpty)
        {
            if (isBegin && bytes.StartsWith(Refusal)) Refused++;
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return false;
            Answers++;
            isBegin = true;
            bytes = bytes[(end + 1)..];
        }
        return isBegin;
    }

    /// <summary>About 64 KiB of the kind's lines.</summary>
    private string Chunk()
    {
        if (kind.Lines.EndsWith('¬')) return kind.Lines[..^1];
        var chunk = new StringBuilder();
        while (chunk.Length < 65_536) chunk.Append(Numbered(kind.Lines)).Append('\n');
        return chunk.ToString();
    }

    private string Numbered(string lines)
    {
        if (!lines.Contains('#') && !lines.Contains('@')) return lines;
        repetition++;
        return lines.Replace("#", repetition.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@", $"{number}-{Connections}", StringComparison.Ordinal).Replace("~", kind.Name, StringComparison.Ordinal);
    }
}
