using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.TestKit;

/// <summary>Collects the daemon's log lines about its own bugs: a session that failed, an exception that reached Kestrel.</summary>
internal sealed class BugLog : ILoggerFactory
{
    /// <summary>The event of a connection that a bug ended.</summary>
    private const string SessionBug = "ConnectionFailed";

    private readonly ConcurrentQueue<string> bugs = new();

    public IReadOnlyCollection<string> Bugs => bugs;

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, bugs);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log has no providers.");

    public void Dispose()
    {
    }

    private sealed class Lines(string category, ConcurrentQueue<string> bugs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var isKestrels = category.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);
            if (IsEnabled(logLevel) && (eventId.Name == SessionBug || isKestrels))
                bugs.Enqueue($"{category}: {formatter(state, exception)}\n{exception}");
        }
    }
}
