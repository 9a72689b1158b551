using Chat.Daemon.Storage;

namespace Chat.Daemon.Search;

/// <summary>A message that was found.</summary>
/// <param name="Order">Its place in the order of all messages: later ones have higher numbers.</param>
internal readonly record struct SearchHit(long Order, ConversationId Conversation, long Seq);
