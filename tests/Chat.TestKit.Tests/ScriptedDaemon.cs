using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Chat.TestKit.Tests;

/// <summary>
/// A server that sends <c>hello</c>, answers pings, and answers other lines by the test's script. It tests the kit, not the daemon.
/// </summary>
internal sealed class ScriptedDaemon : IDaemonUnderTest, IAsyncDisposable
{
    public const string Hello =
        """{"type":"hello","server":"scripted","version":"0","protocol":1,"limits":{"frame":16384,"text":"""
        + """4000,"messages_per_second":0,"connections_per_address":0,"logins_per_minute":0}}""";
    public const string Bye = """{"type":"bye","reason":"logout"}""";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, IEnumerable<string>> script;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Socket> connections = [];
    private readonly Task accepting;

    /// <param name="script">The answer to a line; <see cref="Bye"/> also closes the connection.</param>
    public ScriptedDaemon(Func<string, IEnumerable<string>> script)
    {
        this.script = script;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Task RestartAsync()
    {
        lock (connections)
        {
            foreach (var connection in connections) connection.Dispose();
            connections.Clear();
        }
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        await RestartAsync();
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token);
                lock (connections) connections.Add(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream);
            await SayAsync(stream, Hello);
            while (await reader.ReadLineAsync() is { } line)
                foreach (var answer in Pong(line) ?? script(line))
                {
                    await SayAsync(stream, answer);
                    if (answer == Bye) return;
                }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the client is gone, or the daemon restarts
        }
    }

    private static IEnumerable<string>? Pong(string line) => line.StartsWith("""{"type":"ping","id":""", StringComparison.Ordinal)
        ? [$$"""{"type":"pong","id":{{JsonDocument.Parse(line).RootElement.GetProperty("id").GetRawText()}}}"""]
        : null;

    private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
}
