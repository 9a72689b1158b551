using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>
/// The log of <c>chatd dev</c>: everything about the plugin, with its exceptions, and only warnings from the rest. Safe from any thread.
/// </summary>
internal sealed class DevLog(TextWriter output) : ILoggerFactory
{
    /// <summary>Categories about plugins: the daemon's own, and those of the plugins.</summary>
    private static readonly string[] Plugins = ["Chat.Daemon.Plugins.", "Plugin."];

    private readonly TextWriter output = TextWriter.Synchronized(output);

    public ILogger CreateLogger(string categoryName) =>
        new Writer(IsAboutPlugins(categoryName) ? LogLevel.Information : LogLevel.Warning, output);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log has no providers.");

    private static bool IsAboutPlugins(string category) => Plugins.Any(prefix => category.StartsWith(prefix, StringComparison.Ordinal));

    public void Dispose()
    {
        // The program owns the output.
    }

    private sealed class Writer(LogLevel least, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || (logLevel < LogLevel.Warning && IsOfShipped(state))) return;
            var lines = $"{formatter(state, exception)}\n{exception}".TrimEnd().Split('\n');
            output.WriteLine(string.Join('\n', lines.Select(line => "  " + Printable.Escape(line.TrimEnd('\r')))));
        }

        /// <summary>Lines about the plugins that come with the daemon are no news.</summary>
        private static bool IsOfShipped<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values
            && values.Any(value => value.Value is string path && path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));
    }
}
