using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.LoadTest.Tests;

/// <summary>
/// A proxy that breaks the deliveries to the first user: it drops the 4th message from another user, repeats the 6th, and swaps the 8th
/// with the next one of the same sender.
/// </summary>
internal sealed class BrokenWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource quit = new();
    private readonly int daemon;
    private readonly Task accepting;

    public BrokenWire(int daemon)
    {
        this.daemon = daemon;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await quit.CancelAsync();
        listener.Stop();
        await accepting;
        quit.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> links = [];
        try
        {
            while (true) links.Add(LinkAsync(await listener.AcceptTcpClientAsync(quit.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(links);
        }
    }

    private async Task LinkAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient("127.0.0.1", daemon);
        (near.NoDelay, far.NoDelay) = (true, true);
        try
        {
            using var spoiler = new Spoiler(near.GetStream());
            await Task.WhenAny(UpAsync(near.GetStream(), far.GetStream(), spoiler), DownAsync(far.GetStream(), spoiler));
        }
        catch (IOException)
        {
            // One side has closed the connection.
        }
    }

    private async Task UpAsync(NetworkStream from, NetworkStream to, Spoiler spoiler)
    {
        using var lines = new StreamReader(from, leaveOpen: true);
        while (await lines.ReadLineAsync(quit.Token) is { } line)
        {
            if (line.Contains("-0\",\"rooms\"", StringComparison.Ordinal)) spoiler.IsFirst = true; // the login of user 0
            await to.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), quit.Token);
        }
    }

    private async Task DownAsync(NetworkStream from, Spoiler spoiler)
    {
        using var lines = new StreamReader(from, leaveOpen: true);
        while (await lines.ReadLineAsync(quit.Token) is { } line) await spoiler.PassAsync(line, quit.Token);
    }

    private sealed class Spoiler(Stream output) : IDisposable
    {
        private const int Lost = 4, Doubled = 6, Swapped = 8;

        private int messages;
        private (string Line, string Sender)? held;

        public bool IsFirst { get; set; }

        public async Task PassAsync(string line, CancellationToken cancellation)
        {
            var sender = IsFirst && IsDelivery(line) ? line.Split("\"from\":\"")[1].Split('"')[0] : null;
            if (sender is not null) messages++;
            if (sender is not null && messages == Lost) return;
            if (sender is not null && messages == Swapped)
            {
                held = (line, sender);
                return;
            }
            await WriteAsync(line, cancellation);
            if (sender is not null && messages == Doubled) await WriteAsync(line, cancellation);
            if (held is not { } late || sender != late.Sender) return;
            held = null;
            await WriteAsync(late.Line, cancellation);
        }

        public void Dispose() => output.Dispose();

        /// <summary>An echo carries an id; a delivery to another user does not.</summary>
        private static bool IsDelivery(string line) =>
            line.StartsWith("{\"type\":\"message\"", StringComparison.Ordinal) && !line.Contains("\"id\":", StringComparison.Ordinal);

        private async Task WriteAsync(string line, CancellationToken cancellation) =>
            await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);
    }
}
