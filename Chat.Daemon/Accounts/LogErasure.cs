using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Waits until the search index has forgotten what was erased, and empties the write-ahead log, which keeps older versions of pages, once
/// no reader needs it.
/// </summary>
internal sealed partial class LogErasure(
    DatabaseWriter writer, IMessageSearch search, TimeProvider time, ILogger<LogErasure> logger)
{
    /// <summary>Attempts before the operator is told.</summary>
    private const int QuietAttempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await search.ForgetAsync(cancellation);
        for (var attempt = 1; !await writer.TryEmptyLogAsync(); attempt++)
        {
            if (attempt == QuietAttempts) LogKept(logger);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    [LoggerMessage(EventId = 405, EventName = "ErasedBytesKept", Level = LogLevel.Warning,
        Message = "Cannot empty the write-ahead log, which still holds erased data: "
            + "another program is reading the database. End that program")]
    private static partial void LogKept(ILogger logger);
}
