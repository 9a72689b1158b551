using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

/// <summary>Keeps all log lines in order.</summary>
internal sealed class CapturedLog : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    private TaskCompletionSource written = New();

    public IReadOnlyList<LogLine> Lines => [.. lines];

    /// <summary>Waits until a line contains the text.</summary>
    public Task HasAsync(string text) => UntilAsync(() => lines.Any(l => l.Text.Contains(text, StringComparison.Ordinal)));

    /// <summary>Checks a condition after each new line. Times out after half a minute without a line, or a minute in all.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var next = Volatile.Read(ref written).Task;
            if (isSo()) return;
            await next.WaitAsync(TimeSpan.FromSeconds(30), limit.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(LogLine line)
    {
        lines.Enqueue(line);
        Interlocked.Exchange(ref written, New()).TrySetResult();
    }

    private sealed class Logger(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            log.Add(new(category, logLevel, formatter(state, exception), values, exception));
        }
    }
}
