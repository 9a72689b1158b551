using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Pages that nobody looks at.</summary>
internal static class LogPages
{
    public static ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(
        this IMessageLog log, ConversationId conversation, long after, int limit, CancellationToken cancellation) =>
        log.ReadAfterAsync(new PageRequest(conversation, limit), after, cancellation);

    public static ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(
        this IMessageLog log, ConversationId conversation, long before, int limit, CancellationToken cancellation) =>
        log.ReadBeforeAsync(new PageRequest(conversation, limit), before, cancellation);
}
