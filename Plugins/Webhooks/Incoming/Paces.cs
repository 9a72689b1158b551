using System.Collections.Concurrent;

namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>How fast each incoming webhook may write: so many texts a minute, all of them at once if it was silent. Thread-safe.</summary>
internal sealed class Paces(ISettings<WebhookSettings> settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Pace> all = new(StringComparer.Ordinal);

    /// <returns>How long to wait; null if the text may be written now.</returns>
    public TimeSpan? Take(string hook)
    {
        var each = TimeSpan.FromMinutes(1) / settings.Current.PerMinute;
        return all.GetOrAdd(hook, static _ => new()).Take(time.GetUtcNow(), each, TimeSpan.FromMinutes(1));
    }

    private sealed class Pace
    {
        private readonly Lock gate = new();
        private DateTimeOffset paidUntil;

        public TimeSpan? Take(DateTimeOffset now, TimeSpan price, TimeSpan most)
        {
            lock (gate)
            {
                var due = (paidUntil > now ? paidUntil : now) + price;
                if (due - now > most) return due - now - most;
                paidUntil = due;
                return null;
            }
        }
    }
}
