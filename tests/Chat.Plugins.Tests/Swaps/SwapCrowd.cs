namespace Chat.Plugins.Tests.Swaps;

/// <summary>Users over real connections, ten in a room, who write and run a command until they are told to stop.</summary>
internal sealed class SwapCrowd : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<SwapUser> users = [];
    private Task chatting = Task.CompletedTask;

    /// <param name="command">What each runs between its messages; null: nothing.</param>
    public static async Task<SwapCrowd> GatherAsync(int port, SwapReport report, int count, string? command, TimeSpan pause)
    {
        var crowd = new SwapCrowd();
        for (var number = 0; number < count; number++) crowd.users.Add(await SwapUser.EnterAsync(port, $"u{number}", $"r{number / 10}", report));
        crowd.chatting = Task.WhenAll(crowd.users.Select(user => Task.Run(() => user.ChatAsync(command, pause, crowd.stop.Token))));
        return crowd;
    }

    /// <summary>Completes when nobody waits for an answer any more.</summary>
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
