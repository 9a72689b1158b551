namespace Chat.Daemon.Rooms;

/// <summary>Keeps a conversation live until it is disposed of.</summary>
internal sealed class Lease<T>(T conversation, ConversationRegistry conversationRegistry) : IDisposable where T : Conversation
{
    private bool isReleased;

    public T Conversation => conversation;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isReleased, true)) return;
        conversationRegistry.Release(conversation);
    }
}
