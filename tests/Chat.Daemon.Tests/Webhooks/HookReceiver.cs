using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>A server that gets webhooks, and answers as the test says: with any bytes, or never.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    public const string Taken = "HTTP/1.1 204 No Content\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<ReceivedHook> arrived = Channel.CreateUnbounded<ReceivedHook>();
    private readonly ConcurrentBag<Task> serving = [];
    private readonly CancellationTokenSource ending = new();
    private readonly Func<ReceivedHook, string?> answer;
    private readonly Task accepting;

    /// <param name="answer">The bytes of the answer; null for none, ever.</param>
    public HookReceiver(Func<ReceivedHook, string?>? answer = null)
    {
        this.answer = answer ?? (_ => Taken);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook?key=chave";

    public static string Status(int code) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {code} So\r\nContent-Length: 0\r\n\r\n");

    public async Task<ReceivedHook> NextAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await arrived.Reader.ReadAsync(timeout.Token);
    }

    /// <summary>Its JSON, without what differs from run to run.</summary>
    public async Task<string> NextTextAsync()
    {
        var body = (JsonObject)JsonNode.Parse((await NextAsync()).Body)!;
        return string.Join(' ', body.Where(field => field.Key is not ("version" or "id" or "at" or "room")).Select(field => field.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(serving);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(ending.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    var response = answer(request);
                    arrived.Writer.TryWrite(request);
                    if (response is null) await Task.Delay(Timeout.Infinite, ending.Token);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(response!), ending.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The daemon hung up, or the test has ended.
            }
        }
    }

    private async Task<ReceivedHook?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count > 3 && head[^1] == '\n' && head[^3] == '\n'))
        {
            if (await stream.ReadAsync(one, ending.Token) == 0) return null;
            head.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..].ToDictionary(l => l.Split(": ")[0], l => l.Split(": ", 2)[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, ending.Token);
        return new(lines[0], headers, Encoding.UTF8.GetString(body));
    }
}

/// <param name="Line">The method, the path and the version.</param>
internal sealed record ReceivedHook(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}
