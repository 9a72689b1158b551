using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Testing;

/// <summary>Keeps the log of the daemon and the plugins, for failure messages. Thread-safe.</summary>
internal sealed class DaemonLog : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    /// <summary>The lines that fail a test.</summary>
    public IReadOnlyList<string> Errors => [.. lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log keeps its lines itself.");

    public void Dispose()
    {
        // Nothing to release. The test reads the log after the daemon stopped.
    }

    private sealed record LogLine(LogLevel Level, string Text);

    private sealed class Writer(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Format at once: a plugin's value or exception would keep its code in memory.
            var text = $"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}";
            if (IsEnabled(logLevel)) lines.Enqueue(new(logLevel, text));
        }
    }
}
