namespace Chat.Client.Tests;

/// <summary>A logged-in client and the reader of its events.</summary>
internal sealed class Guest : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly IAsyncEnumerator<ChatEvent> events;

    private Guest(ChatClient client) => (Client, events) = (client, client.Events().GetAsyncEnumerator());

    public ChatClient Client { get; }

    /// <summary>All events read so far.</summary>
    public List<ChatEvent> Seen { get; } = [];

    public static ChatClientOptions Options(int port) =>
        new() { Port = port, ReconnectDelayFirst = TimeSpan.FromMilliseconds(1), ReconnectDelayLongest = TimeSpan.FromMilliseconds(20) };

    public static async Task<Guest> LoginAsync(int port, string user, params string[] rooms) =>
        await LoginAsync(Options(port), user, rooms);

    /// <summary>Logs in. After a broken login the name is still taken, so each attempt uses another.</summary>
    public static async Task<Guest> LoginAsync(ChatClientOptions options, string user, params string[] rooms)
    {
        for (var attempt = 0; ; attempt++)
        {
            var client = new ChatClient(options);
            try
            {
                var answer = await client.LoginAsync(LoginRequest.Guest(attempt == 0 ? user : $"{user}.{attempt}", rooms));
                if (!answer.IsRefused) return new Guest(client);
                Assert.AreEqual(ClientCode.ConnectionLost, answer.Refusal.Code);
            }
            catch (ChatConnectionException) when (attempt < 5)
            {
                // cut off before the hello
            }
            await client.DisposeAsync();
        }
    }

    /// <summary>Logs in to an account, or creates it.</summary>
    public static async Task<Guest> EnterAsync(int port, string account, bool isNew = false, params string[] rooms)
    {
        const string Password = "uma senha boa";
        var client = new ChatClient(Options(port));
        if (isNew) (await client.RegisterAsync(account, Password).WaitAsync(Deadline)).OrThrow();
        else (await client.LoginAsync(new LoginRequest { User = account, Password = Password, Rooms = [] }).WaitAsync(Deadline)).OrThrow();
        var guest = new Guest(client);
        foreach (var room in rooms) (await client.JoinAsync(room).WaitAsync(Deadline)).OrThrow();
        return guest;
    }

    public async Task<ChatEvent> UntilAsync(Func<ChatEvent, bool> wanted)
    {
        while (await events.MoveNextAsync().AsTask().WaitAsync(Deadline))
        {
            Seen.Add(events.Current);
            if (wanted(events.Current)) return events.Current;
        }
        throw new AssertFailedException($"the events ended: {string.Join('\n', Seen)}");
    }

    public IEnumerable<ChatEvent.MessageArrived> Messages => Seen.OfType<ChatEvent.MessageArrived>();

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
