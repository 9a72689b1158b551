using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HostileGuests;

/// <summary>One hostile guest. It comes back whenever it is thrown out.</summary>
internal sealed class HostileGuest(int port, Attack attack, int number)
{
    private const int ChunkBytes = 65_536;

    /// <summary>Between the bytes of a drip.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Before it comes back: else one who is turned away at once only measures how fast this program connects.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromMilliseconds(1);

    private int repetition;

    public long Answers { get; private set; }

    public long Connections { get; private set; }

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(over);
                await Task.Delay(Return, over);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Thrown out, or the time is over.
            }
        }
    }

    private async Task ConnectAsync(CancellationToken over)
    {
        using var socket = await Wire.ConnectAsync(port, "127.0.0.1", over);
        Connections++;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over);
        var reading = attack.Reads ? ReadAsync(socket, ended) : Task.CompletedTask;
        try
        {
            if (attack.Begin is { } begin) await SendAsync(socket, Numbered(begin), ended.Token);
            await PlayAsync(socket, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    private async Task PlayAsync(Socket socket, CancellationToken over)
    {
        switch (attack.Manner)
        {
            case Manner.Flood:
                while (true) await SendAsync(socket, Chunk(), over);
            case Manner.Connect:
                await SendAsync(socket, attack.Text, over);
                break;
            case Manner.Drip:
                while (true)
                    foreach (var letter in attack.Text)
                    {
                        await SendAsync(socket, letter.ToString(), over);
                        await Task.Delay(Pause, over);
                    }
            case Manner.Hold:
                await SendAsync(socket, attack.Text, over);
                await Task.Delay(Timeout.Infinite, over);
                break;
        }
    }

    private static async Task SendAsync(Socket socket, string text, CancellationToken over)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, over)..];
    }

    private async Task ReadAsync(Socket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            while (await socket.ReceiveAsync(buffer, ended.Token) is var count and > 0)
                Answers += buffer.AsSpan(0, count).Count((byte)'\n');
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Thrown out, or the time is over.
        }
        await ended.CancelAsync();
    }

    /// <summary>About 64 KiB of the attack's text.</summary>
    private string Chunk()
    {
        var chunk = new StringBuilder();
        while (chunk.Length < ChunkBytes) chunk.Append(Numbered(attack.Text));
        return chunk.ToString();
    }

    private string Numbered(string text)
    {
        if (!text.Contains('#') && !text.Contains('@')) return text;
        repetition++;
        return text.Replace("#", repetition.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@", $"{number}-{Connections}", StringComparison.Ordinal);
    }
}
