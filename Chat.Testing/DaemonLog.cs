using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Testing;

/// <summary>Keeps what daemon and plugins log, for messages of failure. Safe from any thread.</summary>
internal sealed class DaemonLog : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    /// <summary>What makes a test fail.</summary>
    public IReadOnlyList<string> Errors => [.. lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It keeps its lines itself.");

    public void Dispose()
    {
        // It holds nothing but memory, and is read after the daemon's end.
    }

    private sealed record LogLine(LogLevel Level, string Text);

    private sealed class Writer(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // As text, at once: a value or an exception of a plugin's would keep its code in memory.
            if (IsEnabled(logLevel)) lines.Enqueue(new(logLevel, $"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}"));
        }
    }
}
