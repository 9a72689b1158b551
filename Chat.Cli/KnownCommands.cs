using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The commands that the user may run, fetched when they are first needed. Thread-safe.</summary>
internal sealed class KnownCommands(ChatClient client)
{
    /// <summary>The user is waiting.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private volatile IReadOnlyList<CommandEntry>? known;

    /// <summary>Null if the daemon does not answer in time.</summary>
    public async Task<IReadOnlyList<CommandEntry>?> GetAsync(CancellationToken ct)
    {
        if (known is { } entries) return entries;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            return known = (await client.CommandsAsync(patience.Token)).Value?.Entries;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Null if they have not been fetched.</summary>
    public IReadOnlyList<CommandEntry>? Cached => known;

    /// <summary>Call it when the daemon's list may have changed.</summary>
    public void Forget() => known = null;
}
