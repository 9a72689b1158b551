using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>What an author wants to read: all about plugins, with the exceptions of their code, and elsewhere what is wrong. Safe from any thread.</summary>
internal sealed class DevLog(TextWriter output) : ILoggerFactory
{
    private const string Plugins = "Chat.Daemon.Plugins.";

    private readonly TextWriter output = TextWriter.Synchronized(output);

    public ILogger CreateLogger(string categoryName) =>
        new Writer(categoryName.StartsWith(Plugins, StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning, output);

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
            if (!IsEnabled(logLevel)) return;
            var told = $"{formatter(state, exception)}\n{exception}".TrimEnd().Split('\n').Select(line => "  " + Printable.Escape(line.TrimEnd('\r')));
            output.WriteLine(string.Join('\n', told));
        }
    }
}
