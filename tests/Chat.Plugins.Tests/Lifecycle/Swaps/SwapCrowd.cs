namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Users on real connections, ten to a room, that send messages and a command until stopped.</summary>
internal sealed class SwapCrowd : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<SwapUser> users = [];
    private Task chatting = Task.CompletedTask;

    /// <param name="command">Runs between messages; null for none.</param>
    public static async Task<SwapCrowd> GatherAsync(int port, SwapReport report, int count, string? command, TimeSpan pause)
    {
        var crowd = new SwapCrowd();
        for (var number = 0; number < count; number++)
            crowd.users.Add(await SwapUser.EnterAsync(port, $"u{number}", $"r{number / 10}", report));
        crowd.chatting = Task.WhenAll(crowd.users.Select(user => Task.Run(() => user.ChatAsync(command, pause, crowd.stop.Token))));
        return crowd;
    }

    /// <summary>Stops sending. Completes when every answer has arrived.</summary>
    public async Task HushAsync()
    {
        await stop.CancelAsync();
        await chatting;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users) await user.DisposeAsync();
        stop.Dispose();
    }
}
