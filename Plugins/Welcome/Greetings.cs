using System.Collections.Immutable;

namespace Chat.Plugins.Welcome;

/// <summary>A cache of the stored welcome messages, by room id. Thread-safe.</summary>
internal sealed class Greetings(IStorage storage) : IDisposable
{
    private const string Prefix = "text:";

    private readonly SemaphoreSlim changing = new(1);
    private ImmutableDictionary<string, string>? byRoom;

    /// <returns>Null if the room has no welcome message.</returns>
    public async ValueTask<string?> OfAsync(Room room, CancellationToken cancellation) =>
        (Volatile.Read(ref byRoom) ?? await ChangeAsync(Task.FromResult, cancellation)).GetValueOrDefault(room.Id);

    public Task SetAsync(Room room, string text, CancellationToken cancellation) => ChangeAsync(async known =>
    {
        await storage.SetAsync(Prefix + room.Id, text, room, cancellation);
        return known.SetItem(room.Id, text);
    }, cancellation);

    /// <returns>False if there was none.</returns>
    public async Task<bool> RemoveAsync(Room room, CancellationToken cancellation)
    {
        var wasThere = false;
        await ChangeAsync(async known =>
        {
            wasThere = await storage.DeleteAsync(Prefix + room.Id, cancellation);
            return known.Remove(room.Id);
        }, cancellation);
        return wasThere;
    }

    /// <summary>The daemon deletes the stored message with the room.</summary>
    public Task ForgetAsync(Room deleted, CancellationToken cancellation) =>
        ChangeAsync(known => Task.FromResult(known.Remove(deleted.Id)), cancellation);

    public void Dispose() => changing.Dispose();

    private async Task<ImmutableDictionary<string, string>> ChangeAsync(
        Func<ImmutableDictionary<string, string>, Task<ImmutableDictionary<string, string>>> change, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            var known = byRoom ?? (await storage.ListAsync(Prefix, cancellation))
                .ToImmutableDictionary(stored => stored.Key[Prefix.Length..], stored => stored.Value);
            var changed = await change(known);
            Volatile.Write(ref byRoom, changed);
            return changed;
        }
        finally
        {
            changing.Release();
        }
    }
}
