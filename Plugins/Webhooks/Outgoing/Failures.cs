using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>The newest events of each webhook that were not delivered, without texts. Thread-safe.</summary>
internal sealed partial class Failures(IStorage storage, TimeProvider time, ILogger<Failures> log)
{
    /// <summary>For each webhook. The oldest make room for new ones, and the log says so.</summary>
    public const int Most = 25;

    private const string Prefix = "failed:";

    public async Task AddAsync(OutgoingHook hook, Waiting waiting, string reason, CancellationToken cancellation)
    {
        LogGaveUp(hook.Id, hook.Room.Name, waiting.IdOf(hook), reason);
        var failure = JsonSerializer.Serialize(
            new Failure(waiting.Happening, reason, time.GetUtcNow()), WebhooksJson.Default.Failure);
        await storage.SetAsync(PrefixOf(hook.Id) + waiting.Place, failure, hook.Room, cancellation);
        var all = await storage.ListAsync(PrefixOf(hook.Id), cancellation);
        foreach (var oldest in all.Take(all.Count - Most))
        {
            LogForgotten(hook.Id, hook.Room.Name, oldest.Key[PrefixOf(hook.Id).Length..].Split(':')[0]);
            await storage.DeleteAsync(oldest.Key, cancellation);
        }
    }

    /// <summary>In the order of the events.</summary>
    public async Task<IReadOnlyList<(string Place, Failure Failure)>> ListAsync(string hook, CancellationToken cancellation) =>
    [
        .. (await storage.ListAsync(PrefixOf(hook), cancellation)).Select(stored =>
            (stored.Key[PrefixOf(hook).Length..], JsonSerializer.Deserialize(stored.Value, WebhooksJson.Default.Failure)!)),
    ];

    public Task RemoveAsync(string hook, string place, CancellationToken cancellation) =>
        storage.DeleteAsync(PrefixOf(hook) + place, cancellation);

    public async Task KeepOnlyAsync(Func<string, bool> isHook, CancellationToken cancellation)
    {
        foreach (var stored in await storage.ListAsync(Prefix, cancellation))
            if (!isHook(stored.Key.Split(':')[1])) await storage.DeleteAsync(stored.Key, cancellation);
    }

    private static string PrefixOf(string hook) => $"{Prefix}{hook}:";

    [LoggerMessage(
        EventId = 1, EventName = "WebhookNotDelivered", Level = LogLevel.Warning,
        Message = "Webhook {Hook} of the room {Room} gave up the delivery {Delivery}: {Reason}")]
    private partial void LogGaveUp(string hook, string room, string delivery, string reason);

    [LoggerMessage(
        EventId = 2, EventName = "WebhookFailureForgotten", Level = LogLevel.Warning,
        Message = "Webhook {Hook} of the room {Room} has too many failures; the oldest, {Delivery}, is forgotten.")]
    private partial void LogForgotten(string hook, string room, string delivery);
}
