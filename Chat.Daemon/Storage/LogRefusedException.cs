namespace Chat.Daemon.Storage;

/// <summary>The write was rolled back: none of it is stored.</summary>
internal sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Keeps two sequencers of one conversation apart: an append that does not continue the log is refused.</summary>
    public static void ThrowUnlessNext(ConversationId conversation, long seq, long next)
    {
        if (seq != next) throw new LogRefusedException($"Conversation {conversation.Value} continues with message {next}, not {seq}.");
    }
}
