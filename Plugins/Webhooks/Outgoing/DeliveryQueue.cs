using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>
/// What waits to be delivered, for each webhook in order, on disk. A job of the webhook's id delivers it. Thread-safe.
/// </summary>
internal sealed class DeliveryQueue(IStorage storage, IScheduler scheduler, BackOffs backOffs, TimeProvider time)
{
    /// <summary>So that the queues of all webhooks, when full, fit into the plugin's storage.</summary>
    public const int MostBytes = 40 << 10;

    private const string Prefix = "q:";

    private readonly ConcurrentDictionary<string, QueueState> states = new(StringComparer.Ordinal);

    /// <param name="user">The id of the user whose event it is: it is exported and erased with the account.</param>
    /// <returns>What does not fit, because the queue is full; else null.</returns>
    public async Task<Waiting?> AddAsync(OutgoingHook hook, Happening happening, string? user, CancellationToken cancellation)
    {
        var added = new Waiting($"{StateOf(hook.Id).NextPlace(time.GetUtcNow()):x16}:{user}", happening);
        return await PutAsync(hook, added, cancellation) ? null : added;
    }

    /// <summary>Puts it at the place that it had.</summary>
    /// <returns>False if the queue is full.</returns>
    public async Task<bool> PutAsync(OutgoingHook hook, Waiting waiting, CancellationToken cancellation)
    {
        var (state, value) = (StateOf(hook.Id), JsonSerializer.Serialize(waiting.Happening, WebhooksJson.Default.Happening));
        var bytes = KeyOf(hook.Id, waiting.Place).Length + Encoding.UTF8.GetByteCount(value);
        if (!state.TryTake(bytes, MostBytes)) return false;
        await storage.SetAsync(KeyOf(hook.Id, waiting.Place), value, hook.Room, cancellation);
        if (!state.IsNoticed()) await KickAsync(hook.Id, cancellation);
        return true;
    }

    /// <summary>All that waits, in order.</summary>
    public async Task<IReadOnlyList<Waiting>> ListAsync(string hook, CancellationToken cancellation)
    {
        var prefix = KeyOf(hook, "");
        var all = await storage.ListAsync(prefix, cancellation);
        StateOf(hook).Count(all.Sum(stored => Encoding.UTF8.GetByteCount(stored.Key) + Encoding.UTF8.GetByteCount(stored.Value)));
        return
        [
            .. all.Select(stored => new Waiting(
                stored.Key[prefix.Length..], JsonSerializer.Deserialize(stored.Value, WebhooksJson.Default.Happening)!)),
        ];
    }

    public Task RemoveAsync(string hook, string place, CancellationToken cancellation) =>
        storage.DeleteAsync(KeyOf(hook, place), cancellation);

    /// <summary>The job of the webhook has begun. What is added while it is at work needs no other.</summary>
    public void Begin(string hook) => StateOf(hook).Begin();

    /// <returns>False if something was added since the job looked last.</returns>
    public bool TryEnd(string hook) => StateOf(hook).TryEnd();

    /// <summary>The job ends, whatever was added.</summary>
    public void End(string hook) => StateOf(hook).End();

    /// <summary>Delivers what waits, if something does, once the webhook need not wait.</summary>
    public async Task ResumeAsync(OutgoingHook hook, CancellationToken cancellation)
    {
        if ((await ListAsync(hook.Id, cancellation)).Count > 0) await KickAsync(hook.Id, cancellation);
    }

    public Task KickAsync(string hook, CancellationToken cancellation)
    {
        var when = backOffs.IsWaiting(hook) ? Schedule.At(backOffs.Of(hook)!.Until) : Schedule.After(TimeSpan.Zero);
        return scheduler.ScheduleAsync<Courier>(hook, when, "", cancellation);
    }

    public Task StopAsync(string hook, CancellationToken cancellation) => scheduler.CancelAsync<Courier>(hook, cancellation);

    public async Task KeepOnlyAsync(Func<string, bool> isHook, CancellationToken cancellation)
    {
        foreach (var stored in await storage.ListAsync(Prefix, cancellation))
            if (!isHook(stored.Key.Split(':')[1])) await storage.DeleteAsync(stored.Key, cancellation);
    }

    private static string KeyOf(string hook, string place) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{hook}:{place}");

    private QueueState StateOf(string hook) => states.GetOrAdd(hook, static _ => new());
}
