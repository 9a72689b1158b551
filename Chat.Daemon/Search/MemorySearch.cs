using System.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Memory;

namespace Chat.Daemon.Search;

/// <summary>Searches the messages that are kept in memory, from the newest to the oldest, until the deadline.</summary>
internal sealed class MemorySearch(MemoryMessageLog log, StateFolder folder) : IMessageSearch, IStartupStep
{
    /// <summary>Messages that are read from a conversation at a time.</summary>
    private const int SliceMessages = 64;

    /// <summary>Deletes the index of an earlier start, which nothing would keep true.</summary>
    Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        IndexFile.Delete(folder.FolderPath);
        return Task.CompletedTask;
    }

    public ValueTask<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        return ValueTask.FromResult(Find(request, cancellation) with { Spent = Stopwatch.GetElapsedTime(began) });
    }

    /// <summary>There is no index that could keep a deleted text.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => Task.CompletedTask;

    private SearchPage Find(SearchRequest request, CancellationToken cancellation)
    {
        var directs = request.DirectsOf is { } identity ? log.DirectsOf(identity) : [];
        // Ordered by the newest message of each that was not looked at: the priority is its negated number.
        var waiting = new PriorityQueue<Slice, long>();
        foreach (var conversation in request.Conversations.Concat(directs)) Refill(waiting, conversation, request.Before);
        var (hits, words) = (new List<SearchHit>(), new WordFolder());
        while (waiting.TryDequeue(out var slice, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            var next = waiting.TryPeek(out _, out var negated) ? -negated : 0;
            for (; slice.At < slice.Messages.Count && slice.Messages[slice.At] is var (order, message) && order >= next; slice.At++)
            {
                if (!request.IsMetBy(message.From, words.Fold(message.Text))) continue;
                if (hits.Count == request.Limit) return new(hits, true, hits[^1].Order);
                hits.Add(new(order, slice.Conversation, message.Seq));
            }
            if (slice.At < slice.Messages.Count) waiting.Enqueue(slice, -slice.Messages[slice.At].Order);
            else Refill(waiting, slice.Conversation, slice.Messages[^1].Order);
            if (Stopwatch.GetTimestamp() <= request.Deadline || waiting.Count == 0) continue;
            waiting.TryPeek(out _, out var rest);
            return new(hits, true, 1 - rest) { Stop = SearchStop.Deadline };
        }
        return new(hits, false, 0);
    }

    private void Refill(PriorityQueue<Slice, long> waiting, ConversationId conversation, long before)
    {
        var messages = log.ReadBackwards(conversation, before, SliceMessages);
        if (messages.Count > 0) waiting.Enqueue(new(conversation, messages), -messages[0].Order);
    }

    private sealed class Slice(ConversationId conversation, IReadOnlyList<(long Order, LoggedMessage Message)> messages)
    {
        public ConversationId Conversation => conversation;

        public IReadOnlyList<(long Order, LoggedMessage Message)> Messages => messages;

        public int At { get; set; }
    }
}
