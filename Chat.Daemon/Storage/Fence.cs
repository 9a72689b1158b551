

namespace Chat.Daemon.Storage;

/// <summary>What keeps two sequencers of one conversation apart: an append continues the log, or is refused.</summary>
internal static class Fence
{
    /// <exception cref="LogRefusedException">The number is not the next one.</exception>
    public static void Require(ConversationId conversation, long seq, long next)
    {
        if (seq != next) throw new LogRefusedException($"Conversation {conversation.Value} continues with message {next}, not {seq}.");
    }
}
