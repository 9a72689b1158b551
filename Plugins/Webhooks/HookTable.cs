using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Plugins.Webhooks.Incoming;
using Chat.Plugins.Webhooks.Outgoing;

namespace Chat.Plugins.Webhooks;

/// <summary>
/// All webhooks, from the storage and in memory. The handler of events hears only the rooms that have outgoing ones. Thread-safe.
/// </summary>
internal sealed class HookTable(IStorage storage, IHandlerSwitch handlers) : IDisposable
{
    /// <summary>Each outgoing one may have a job at work, and a plugin has 16 of them at once: so none waits for another.</summary>
    public const int MostOutgoing = 16, MostIncoming = 100;

    private const string In = "in:", Out = "out:";

    private readonly SemaphoreSlim changing = new(1);
    private ImmutableSortedDictionary<string, IncomingHook>? incoming; // by the hash of the secret
    private ImmutableSortedDictionary<string, OutgoingHook> outgoing = ImmutableSortedDictionary<string, OutgoingHook>.Empty;

    public async ValueTask<IReadOnlyDictionary<string, IncomingHook>> IncomingAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref incoming) is null) await ChangeAsync(() => Task.FromResult(true), cancellation);
        return incoming!;
    }

    /// <summary>By id.</summary>
    public async ValueTask<IReadOnlyDictionary<string, OutgoingHook>> OutgoingAsync(CancellationToken cancellation)
    {
        await IncomingAsync(cancellation);
        return outgoing;
    }

    /// <returns>False if there are too many.</returns>
    public Task<bool> AddAsync(string hash, IncomingHook added, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (incoming!.Count >= MostIncoming) return false;
        await storage.SetAsync(In + hash, JsonSerializer.Serialize(added, WebhooksJson.Default.IncomingHook), added.Room, cancellation);
        incoming = incoming.Add(hash, added);
        return true;
    }, cancellation);

    /// <returns>False if there are too many.</returns>
    public Task<bool> AddAsync(OutgoingHook added, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (outgoing.Count >= MostOutgoing) return false;
        await storage.SetAsync(
            Out + added.Id, JsonSerializer.Serialize(added, WebhooksJson.Default.OutgoingHook), added.Room, cancellation);
        outgoing = outgoing.Add(added.Id, added);
        return true;
    }, cancellation);

    /// <returns>False if there is none of that id.</returns>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (outgoing.ContainsKey(id))
        {
            await storage.DeleteAsync(Out + id, cancellation);
            outgoing = outgoing.Remove(id);
            return true;
        }
        if (incoming!.FirstOrDefault(pair => pair.Value.Id == id).Key is not { } hash) return false;
        await storage.DeleteAsync(In + hash, cancellation);
        incoming = incoming!.Remove(hash);
        return true;
    }, cancellation);

    /// <summary>The daemon deletes what is stored with the room.</summary>
    /// <returns>The ids of the outgoing ones that are gone.</returns>
    public async Task<IReadOnlyList<string>> ForgetAsync(Room deleted, CancellationToken cancellation)
    {
        List<string> gone = [];
        await ChangeAsync(() =>
        {
            incoming = incoming!.RemoveRange(incoming.Where(pair => pair.Value.Room.Id == deleted.Id).Select(pair => pair.Key));
            gone = [.. outgoing.Values.Where(hook => hook.Room.Id == deleted.Id).Select(hook => hook.Id)];
            outgoing = outgoing.RemoveRange(gone);
            return Task.FromResult(true);
        }, cancellation);
        return gone;
    }

    public void Dispose() => changing.Dispose();

    private async Task<bool> ChangeAsync(Func<Task<bool>> change, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            if (incoming is null)
            {
                outgoing = await LoadAsync(Out, WebhooksJson.Default.OutgoingHook, cancellation);
                Volatile.Write(ref incoming, await LoadAsync(In, WebhooksJson.Default.IncomingHook, cancellation));
            }
            var isDone = await change();
            handlers.EnableIn<OutgoingEvents>(outgoing.Values.Select(hook => hook.Room));
            return isDone;
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task<ImmutableSortedDictionary<string, T>> LoadAsync<T>(
        string prefix, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        (await storage.ListAsync(prefix, cancellation)).ToImmutableSortedDictionary(
            stored => stored.Key[prefix.Length..], stored => JsonSerializer.Deserialize(stored.Value, type)!, StringComparer.Ordinal);
}
