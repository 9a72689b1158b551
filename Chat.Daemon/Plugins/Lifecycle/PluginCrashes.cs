using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// Names the plugin if code throws where nothing catches, or if the process ends without an order. A plugin's exception on a thread of its
/// own or in an <c>async void</c> method ends only that thread or method; the daemon carries on. Safe from any thread.
/// </summary>
internal sealed partial class PluginCrashes(
    PluginListing listing, StartMarks marks, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PluginCrashes> log)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new(); // guards the counts
    private readonly Dictionary<string, (long ReportedAt, int Since)> counts = [];

    public void Watch()
    {
        CrashHandler.Observe(new(IsHandled, Exiting));
        lifetime.ApplicationStopping.Register(marks.EndAll);
    }

    internal bool IsHandled(Exception failure)
    {
        if (failure is OutOfMemoryException || PluginContexts.OwnerOf(failure) is not { } plugin)
        {
            LogUnhandled(failure, PluginContexts.OwnerOf(failure) ?? "none");
            return false;
        }
        if (CountOf(plugin) is { } count) LogThrew(PluginFailure.Of(failure), plugin, count);
        return true;
    }

    internal void Exiting()
    {
        string[] busy = [.. listing.Slots.Where(slot => slot.IsStarting || slot.Active?.Owner.Held > 0).Select(slot => slot.Id)];
        marks.Narrow(busy);
        LogExiting(busy.Length == 0 ? "none" : string.Join(", ", busy));
    }

    /// <summary>Exceptions since the last report, with this one; null if that was less than a minute ago.</summary>
    private int? CountOf(string plugin)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var isKnown = counts.TryGetValue(plugin, out var count);
            var isDue = !isKnown || time.GetElapsedTime(count.ReportedAt, now) >= ReportEvery;
            counts[plugin] = isDue ? (now, 0) : (count.ReportedAt, count.Since + 1);
            return isDue ? count.Since + 1 : null;
        }
    }

    [LoggerMessage(
        EventId = 790, EventName = "PluginThrewUncaught", Level = LogLevel.Error,
        Message = "Uncaught plugin exception: {Plugin}, on a thread of its own or in an async void method, {Count} since the last such "
            + "line. The daemon keeps running")]
    private partial void LogThrew(Exception? failure, string plugin, int count);

    [LoggerMessage(
        EventId = 791, EventName = "UnhandledException", Level = LogLevel.Critical,
        Message = "Unhandled exception: the daemon stops. Plugin whose code threw: {Plugin}")]
    private partial void LogUnhandled(Exception failure, string plugin);

    [LoggerMessage(
        EventId = 792, EventName = "ProcessExited", Level = LogLevel.Critical,
        Message = "The process ends, but nobody told the daemon to stop: something called Environment.Exit. "
            + "Plugins that are starting or running a call: {Plugins}")]
    private partial void LogExiting(string plugins);
}
