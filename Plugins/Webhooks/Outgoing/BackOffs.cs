using System.Collections.Concurrent;
using System.Text.Json;

namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>Which webhooks wait before their next try, from the storage and in memory. Thread-safe.</summary>
internal sealed class BackOffs(IStorage storage, ISettings<WebhookSettings> settings, TimeProvider time)
{
    private const string Prefix = "wait:";

    private readonly ConcurrentDictionary<string, BackOff> known = new(StringComparer.Ordinal);

    public BackOff? Of(string hook) => known.GetValueOrDefault(hook);

    public async Task LoadAsync(OutgoingHook hook, CancellationToken cancellation)
    {
        if ((await storage.GetAsync(Prefix + hook.Id, cancellation))?.Value is { } stored)
            known[hook.Id] = JsonSerializer.Deserialize(stored, WebhooksJson.Default.BackOff)!;
    }

    /// <summary>Whether the webhook must wait now.</summary>
    public bool IsWaiting(string hook) => Of(hook)?.Until > time.GetUtcNow();

    /// <summary>Whether something that happened then is tried no longer.</summary>
    public bool IsTooOld(DateTimeOffset happened) => time.GetUtcNow() - happened > TimeSpan.FromHours(settings.Current.GiveUpHours);

    /// <summary>A try has failed.</summary>
    public async Task BeginAsync(OutgoingHook hook, string reason, TimeSpan? atLeast, CancellationToken cancellation)
    {
        var backOff = known[hook.Id] = BackOff.After(Of(hook.Id), time.GetUtcNow(), reason, atLeast);
        var stored = JsonSerializer.Serialize(backOff, WebhooksJson.Default.BackOff);
        await storage.SetAsync(Prefix + hook.Id, stored, hook.Room, cancellation);
    }

    public async Task EndAsync(string hook, CancellationToken cancellation)
    {
        if (known.TryRemove(hook, out _)) await storage.DeleteAsync(Prefix + hook, cancellation);
    }

    public async Task KeepOnlyAsync(Func<string, bool> isHook, CancellationToken cancellation)
    {
        foreach (var stored in await storage.ListAsync(Prefix, cancellation))
            if (!isHook(stored.Key[Prefix.Length..])) await storage.DeleteAsync(stored.Key, cancellation);
    }
}
