using System.Collections;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A plugin's loggers: all write as <c>Plugin.id</c>, and none hands on an object of the plugin's own types, which a target would keep and so keep the plugin from unloading.</summary>
internal sealed class PluginLoggers(ILoggerFactory daemon, string id) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new PluginLogger(daemon.CreateLogger("Plugin." + id));

    /// <exception cref="NotSupportedException">Always: where the log goes is the operator's choice.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A plugin adds no targets to the daemon's log.");

    public void Dispose()
    {
    }

    private sealed class PluginLogger(ILogger log) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(Plain(state) ?? "");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!log.IsEnabled(logLevel)) return;
            var entry = new PluginLogEntry(formatter(state, exception), Plain(state) as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            log.Log(logLevel, eventId, entry, PluginFailure.Of(exception), (e, _) => e.Text);
        }
    }

    /// <summary>Collections are taken over value by value, as their elements may be the plugin's where they are not.</summary>
    private static object? Plain(object? value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> named => named.Select(n => KeyValuePair.Create(n.Key, Plain(n.Value))).ToArray(),
        string or null => value,
        ICollection all => all.Cast<object?>().Select(one => one?.ToString()).ToArray(),
        _ => value.GetType().IsCollectible ? value.ToString() : value,
    };
}

/// <summary>One line of a plugin's log, formatted already.</summary>
internal sealed class PluginLogEntry(string text, IReadOnlyList<KeyValuePair<string, object?>> values) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public string Text => text;

    public int Count => values.Count;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;
}
