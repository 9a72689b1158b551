using System.Collections.Concurrent;

namespace Chat.Client;

/// <summary>The copies that a session keeps, one of each conversation. Thread-safe.</summary>
internal sealed class CopyTable
{
    private readonly ConcurrentDictionary<Conversation, ConversationCopy> copies = [];

    /// <summary>Begins to apply events to the copy, in place of an earlier one.</summary>
    public void Add(ConversationCopy copy) => copies.AddOrUpdate(copy.Conversation, copy, (_, earlier) =>
    {
        earlier.End();
        return copy;
    });

    public bool Has(Conversation conversation) => copies.ContainsKey(conversation);

    public void Remove(ConversationCopy copy)
    {
        copies.TryRemove(new(copy.Conversation, copy));
        copy.End();
    }

    /// <summary>For the reader of the events: applies an event before the program sees it.</summary>
    public void Apply(ChatEvent e)
    {
        if (copies.IsEmpty) return;
        if (e is ChatEvent.SessionEnded)
        {
            foreach (var kept in copies.Values) Remove(kept);
            return;
        }
        if (ConversationOf(e) is not { } conversation || !copies.TryGetValue(conversation, out var copy)) return;
        copy.Apply(e);
        if (e is ChatEvent.LeftRoom) Remove(copy);
    }

    private static Conversation? ConversationOf(ChatEvent e) => e switch
    {
        ChatEvent.MessageArrived m => m.Conversation,
        ChatEvent.MessageChanged c => c.Conversation,
        ChatEvent.MessageRefreshed r => r.Conversation,
        ChatEvent.ConversationReset r => r.Conversation,
        ChatEvent.Unobtainable u => u.Conversation,
        ChatEvent.LeftRoom l => Conversation.Room(l.Room),
        _ => null,
    };
}
