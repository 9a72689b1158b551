using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>What sequencers tell the operator: counters and log lines. Safe from any thread.</summary>
internal sealed partial class SequencerReports(DaemonMetrics metrics, ILogger<Sequencer> logger)
{
    public void Committed(int messages, int changes)
    {
        metrics.Messages.Add(messages);
        metrics.Changes.Add(changes);
    }

    /// <param name="oldest">The time since the first of the batch arrived.</param>
    public void Delivered(int deliveries, TimeSpan oldest)
    {
        metrics.Deliveries.Add(deliveries);
        metrics.DeliveryTimes.Add(oldest);
    }

    /// <summary>The messages are not in the log.</summary>
    public void AppendRefused(ConversationId conversation, int messages, Exception cause) =>
        LogAppendRefused(logger, conversation.Value, messages, cause);

    /// <summary>The messages may be in the log.</summary>
    public void AppendUnknown(ConversationId conversation, int messages, Exception cause) =>
        LogAppendUnknown(logger, conversation.Value, messages, cause);

    /// <summary>A message of the log cannot be read; subscribers are told that it is erased.</summary>
    public void MessageUnreadable(ConversationId conversation, long seq) => LogMessageUnreadable(logger, conversation.Value, seq);

    [LoggerMessage(EventId = 301, EventName = "AppendRefused", Level = LogLevel.Error,
        Message = "Append failed in conversation {Conversation}; {Count} messages are not stored")]
    private static partial void LogAppendRefused(ILogger logger, long conversation, int count, Exception cause);

    [LoggerMessage(EventId = 302, EventName = "AppendUnknown", Level = LogLevel.Error,
        Message = "Append in conversation {Conversation} may have failed; reading the log again to find out about {Count} messages")]
    private static partial void LogAppendUnknown(ILogger logger, long conversation, int count, Exception cause);

    [LoggerMessage(EventId = 303, EventName = "MessageUnreadable", Level = LogLevel.Error,
        Message = "Message {Seq} of conversation {Conversation} is missing or damaged; showing it as erased")]
    private static partial void LogMessageUnreadable(ILogger logger, long conversation, long seq);
}
