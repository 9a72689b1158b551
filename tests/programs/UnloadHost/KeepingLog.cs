using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace UnloadHost;

/// <summary>Keeps everything that it is given, as a target may, and hands it on to the real one.</summary>
internal sealed class KeepingLog(ILoggerFactory real) : ILoggerFactory
{
    private readonly ConcurrentQueue<object?> kept = new();
    private readonly TaskCompletionSource<string> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What became of the plugin.</summary>
    public Task<string> EndAsync => end.Task;

    public ILogger CreateLogger(string categoryName) => new Keeper(this, real.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Keeper(KeepingLog log, ILogger next) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            log.kept.Enqueue(state);
            log.kept.Enqueue(exception);
            next.Log(logLevel, eventId, state, exception, formatter);
            if (text.Contains(" is collected", StringComparison.Ordinal)) log.end.TrySetResult("collected");
            if (text.Contains(" is leaked", StringComparison.Ordinal)) log.end.TrySetResult("leaked");
        }
    }
}
