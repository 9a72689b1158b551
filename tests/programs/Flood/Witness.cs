using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Flood;

/// <summary>A user at another address who writes five times a second, and notes how long each echo took.</summary>
internal sealed class Witness : IDisposable
{
    private static int last;

    private readonly Socket socket;
    private readonly StreamReader reader;
    private readonly List<double> echoes = [];

    private Witness(Socket socket) =>
        (this.socket, reader) = (socket, new StreamReader(new NetworkStream(socket), Encoding.UTF8));

    /// <summary>Milliseconds to each echo, sorted.</summary>
    public IReadOnlyList<double> Echoes => [.. echoes.Order()];

    public static async Task<Witness> JoinAsync(int port)
    {
        var witness = new Witness(await FloodWire.ConnectAsync(port, "127.0.0.2", CancellationToken.None));
        // A daemon that was killed holds the names of its guests for a while.
        var name = $"testemunha-{Interlocked.Increment(ref last)}";
        await witness.SendAsync($$"""{"type":"login","user":"{{name}}","rooms":["{{FloodKind.Room}}"]}""");
        await witness.HearAsync("\"joined\"", CancellationToken.None);
        return witness;
    }

    /// <summary>Writes many messages into the room, for floods that read it.</summary>
    public static async Task FillAsync(int port, int messages)
    {
        using var witness = await JoinAsync(port);
        for (var i = 0; i < messages; i++)
            await witness.SendAsync($$"""{"type":"message","room":"{{FloodKind.Room}}","text":"mensagem {{i}}, como se escreve","id":"{{i}}"}""");
        for (var i = 0; i < messages; i++) await witness.HearAsync("\"id\":", CancellationToken.None);
    }

    public async Task RunAsync(CancellationToken over)
    {
        try
        {
            while (true)
            {
                var begun = Stopwatch.GetTimestamp();
                await SendAsync($$"""{"type":"message","room":"{{FloodKind.Room}}","text":"oi","id":"w{{echoes.Count}}"}""");
                try
                {
                    await HearAsync($"\"id\":\"w{echoes.Count}\"", over);
                }
                finally
                {
                    echoes.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds); // an echo that is still missing counts up to now
                }
                await Task.Delay(200, over);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The time is over.
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        socket.Dispose();
    }

    private async Task SendAsync(string line) => await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

    private async Task HearAsync(string text, CancellationToken over)
    {
        var last = "";
        while (await reader.ReadLineAsync(over) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
            last = line;
        }
        throw new IOException($"The daemon closed the witness's connection, and last said {last}");
    }
}
