using System.Collections;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>
/// A plugin's loggers. All write as <c>Plugin.id</c>. They pass on no object of the plugin's own types: a log target that kept one would
/// keep the plugin from unloading.
/// </summary>
internal sealed class PluginLoggers(ILoggerFactory daemon, string id) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new PluginLogger(daemon.CreateLogger("Plugin." + id));

    /// <exception cref="NotSupportedException">Always: the operator chooses the log's targets.</exception>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A plugin cannot add targets to the daemon's log.");

    public void Dispose()
    {
    }

    /// <summary>Copies collections value by value, because their elements may be the plugin's even if the collection is not.</summary>
    private static object? WithoutPluginTypes(object? value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> named =>
            named.Select(n => KeyValuePair.Create(n.Key, WithoutPluginTypes(n.Value))).ToArray(),
        string or null => value,
        ICollection all => all.Cast<object?>().Select(one => one?.ToString()).ToArray(),
        _ => value.GetType().IsCollectible ? value.ToString() : value,
    };

    private sealed class PluginLogger(ILogger log) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(WithoutPluginTypes(state) ?? "");

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!log.IsEnabled(logLevel)) return;
            var values = WithoutPluginTypes(state) as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            var entry = new PluginLogEntry(formatter(state, exception), values);
            log.Log(logLevel, eventId, entry, PluginFailure.Of(exception), (e, _) => e.Text);
        }
    }
}
