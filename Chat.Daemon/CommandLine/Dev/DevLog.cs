using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>What an author wants to read: all that their plugin logs or that is said of it, with the exceptions of its code, and elsewhere what is wrong. Safe from any thread.</summary>
internal sealed class DevLog(TextWriter output) : ILoggerFactory
{
    /// <summary>The daemon's stage for plugins, and what plugins log themselves.</summary>
    private static readonly string[] Plugins = ["Chat.Daemon.Plugins.", "Plugin."];

    private readonly TextWriter output = TextWriter.Synchronized(output);

    public ILogger CreateLogger(string categoryName) =>
        new Writer(Plugins.Any(plugins => categoryName.StartsWith(plugins, StringComparison.Ordinal)) ? LogLevel.Information : LogLevel.Warning, output);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It writes its lines itself.");

    public void Dispose()
    {
        // The output is the program's.
    }

    private sealed class Writer(LogLevel least, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || (logLevel < LogLevel.Warning && IsOfShipped(state))) return;
            var told = $"{formatter(state, exception)}\n{exception}".TrimEnd().Split('\n').Select(line => "  " + Printable.Escape(line.TrimEnd('\r')));
            output.WriteLine(string.Join('\n', told));
        }

        /// <summary>That the plugins which came with the daemon are there, and with which commands, is no news.</summary>
        private static bool IsOfShipped<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values && values.Any(value => value.Value is string path && path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));
    }
}
