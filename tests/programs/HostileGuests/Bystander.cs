using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace HostileGuests;

/// <summary>A user at an address of its own who writes eight times a second, and notes how long each echo took.</summary>
internal sealed class Bystander : IDisposable
{
    /// <summary>Below the daemon's default rate.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(125);

    private static int last;

    private readonly Socket socket;
    private readonly StreamReader reader;
    private readonly List<double> echoes = [];

    private Bystander(Socket socket) => (this.socket, reader) = (socket, new StreamReader(new NetworkStream(socket), Encoding.UTF8));

    /// <summary>Milliseconds to each echo.</summary>
    public IReadOnlyList<double> Echoes => echoes;

    /// <param name="number">From 2; the last part of its address.</param>
    public static async Task<Bystander> JoinAsync(int port, int number)
    {
        var bystander = new Bystander(await Wire.ConnectAsync(port, $"127.0.0.{number}", CancellationToken.None));
        // A daemon that was killed holds the names of its guests for a while.
        var name = $"vizinho-{Environment.ProcessId}-{Interlocked.Increment(ref last)}";
        await bystander.SendAsync($$"""{"type":"login","user":"{{name}}","rooms":["{{AttackTable.Room}}"]}""");
        await bystander.HearAsync("\"joined\"", CancellationToken.None);
        return bystander;
    }

    /// <summary>Writes many messages into the room, for attacks that read it.</summary>
    public static async Task FillAsync(int port, int messages)
    {
        using var bystander = await JoinAsync(port, 2);
        for (var i = 0; i < messages; i++)
        {
            var text = $"mensagem {i}, como se escreve";
            await bystander.SendAsync($$"""{"type":"message","room":"{{AttackTable.Room}}","text":"{{text}}","id":"{{i}}"}""");
        }
        for (var i = 0; i < messages; i++) await bystander.HearAsync("\"id\":", CancellationToken.None);
    }

    public async Task RunAsync(CancellationToken over)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await SendAsync($$"""{"type":"message","room":"{{AttackTable.Room}}","text":"oi","id":"{{i}}"}""");
                try
                {
                    await HearAsync($"\"id\":\"{i}\"", over);
                }
                finally
                {
                    echoes.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds); // an echo that is still missing counts up to now
                }
                await Task.Delay(Between, over);
            }
        }
        catch (OperationCanceledException)
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
        var latest = "";
        while (await reader.ReadLineAsync(over) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
            latest = line;
        }
        throw new IOException($"The daemon closed a bystander's connection, and last said {latest}");
    }
}
