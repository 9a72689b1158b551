using Chat.TestKit;

namespace Fuzz.Attack;

/// <summary>A user in a room of its own that expects every echo in order.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    private const string Room = "ao-lado";

    private readonly TestClient client;

    private Bystander(TestClient client) => this.client = client;

    public int Echoes { get; private set; }

    public static async Task<Bystander> EnterAsync(int port)
    {
        var client = await TestClient.ConnectAsync(port, "bystander", TimeSpan.FromSeconds(30));
        await client.LoginAsync("testemunha", Room);
        return new(client);
    }

    /// <exception cref="ExpectationException">An echo is missing, or is not what was sent.</exception>
    public async Task ChatAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested || Echoes == 0)
        {
            var text = $"olá {Echoes}";
            var echo = await client.SayAsync(Room, text);
            Echoes++;
            if (echo.Seq != Echoes || echo.Text != text) throw new ExpectationException($"Instead of \"{text}\" came {echo}.");
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
