using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Deletes messages for a user who may: one, or the newest of an author. Each is one change.</summary>
internal sealed class MessageDeletions(
    ChangeAccess access, DeletionAudit audit, ConversationLookup lookup, MessageSubmission submission, PageTurns turns)
{
    /// <summary>Changes to queue at once: everybody in the room waits while they are appended.</summary>
    private const int Slice = 20;

    /// <summary>Messages to search for those of an author.</summary>
    private const int Depth = 2_000;

    /// <summary>Queues the deletion of a message that was found.</summary>
    /// <param name="id">The client's label.</param>
    /// <param name="outcome">As in <see cref="PendingAppend.Outcome"/>.</param>
    public async ValueTask<Refusal?> QueueAsync(
        Attachment user, FoundConversation found, LoggedMessage message, string? id, TaskCompletionSource<Refusal?>? outcome)
    {
        var conversation = found.Conversation!;
        if (await access.RefusalToDeleteAsync(user, conversation, message) is { } refusal) return refusal;
        if (conversation is RoomConversation room && !message.Erased && !ChangeAccess.IsOwn(user, message))
            await audit.RecordAsync(user, room, message);
        conversation.Sequencer.Append(new PendingChange(user.Sender, ChangeKind.Delete, message.Seq)
        {
            Subscriber = found.Subscriber,
            Recipient = found.Partner,
            ClientId = id,
            Outcome = outcome,
        });
        return null;
    }

    /// <summary>
    /// Deletes the newest messages of an author in a room. It counts once against the user's rate, because nobody else may do it so often.
    /// </summary>
    /// <param name="identity">The author's.</param>
    /// <returns>How many were deleted; or why one was not. Those before it are deleted.</returns>
    public async ValueTask<(int Count, Refusal? Refusal)> DeleteLatestAsync(
        Attachment user, string room, string identity, int count, CancellationToken cancellation)
    {
        if (await submission.PassRateAsync(user) is { } tooMany) return (0, tooMany);
        using var found = await lookup.FindAsync(user, room, null);
        if (found.Refusal is { } refusal) return (0, refusal);
        var deleted = 0;
        foreach (var slice in (await FindAsync(found.Conversation!, identity, count, cancellation)).Chunk(Slice))
        {
            cancellation.ThrowIfCancellationRequested();
            var refusals = await Task.WhenAll(slice.Select(message => DeleteAsync(user, found, message)));
            deleted += refusals.Count(r => r is null);
            if (refusals.FirstOrDefault(r => r is not null && r.Code != RefusalCode.NoSuchMessage) is { } failed) return (deleted, failed);
        }
        return (deleted, null);
    }

    private async Task<IReadOnlyList<LoggedMessage>> FindAsync(
        Conversation conversation, string identity, int count, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(cancellation);
        return await conversation.LatestOfAsync(identity, count, Depth, cancellation);
    }

    private async Task<Refusal?> DeleteAsync(Attachment user, FoundConversation found, LoggedMessage message)
    {
        var outcome = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await QueueAsync(user, found, message, null, outcome) ?? await outcome.Task;
    }
}
