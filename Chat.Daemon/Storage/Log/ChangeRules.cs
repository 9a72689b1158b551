using Chat.Protocol;

namespace Chat.Daemon.Storage.Log;

/// <summary>
/// What a change does, and whether it does anything, on every engine: decided on the rows as they are at its turn, behind everything
/// appended before. Within the writer's transaction.
/// </summary>
internal abstract class ChangeRules
{
    /// <exception cref="LogRefusedException">There is no such conversation.</exception>
    public ChangeOutcome Apply(ConversationId conversation, LoggedChange change)
    {
        if (Find(conversation, change.Seq) is not { } message) return ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        if (message.IsErased)
        {
            return change.Kind == ChangeKind.Delete
                ? ChangeOutcome.NothingToDo
                : ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        }
        return change.Kind switch
        {
            ChangeKind.Edit => Edit(conversation, change, message),
            ChangeKind.Delete => Erase(conversation, change, message),
            ChangeKind.React => React(conversation, change, message),
            ChangeKind.Unreact => Unreact(conversation, change, message),
            _ => throw new ArgumentException($"{change.Kind} is no change", nameof(change)),
        };
    }

    /// <summary>Null if it was never there, or is pruned.</summary>
    protected abstract ChangedMessage? Find(ConversationId conversation, long seq);

    /// <returns>The change's number.</returns>
    protected abstract long Store(ConversationId conversation, LoggedChange change);

    /// <summary>The new text and its mentions.</summary>
    protected abstract void Write(ConversationId conversation, LoggedChange change, ChangedMessage message, long number);

    /// <summary>The text, its mentions and its reactions go.</summary>
    protected abstract void Clear(ConversationId conversation, LoggedChange change, ChangedMessage message, long number);

    protected abstract bool HasReacted(ConversationId conversation, LoggedChange change);

    /// <summary>Whether the message has as many emojis as it may, and not this one.</summary>
    protected abstract bool IsFull(ConversationId conversation, LoggedChange change);

    protected abstract void AddReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number);

    protected abstract void RemoveReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number);

    private ChangeOutcome Edit(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (message.Text == change.Text) return ChangeOutcome.NothingToDo;
        var number = Store(conversation, change);
        Write(conversation, change, message, number);
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome Erase(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        var number = Store(conversation, change);
        Clear(conversation, change, message, number);
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome React(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (HasReacted(conversation, change)) return ChangeOutcome.NothingToDo;
        if (IsFull(conversation, change)) return ChangeOutcome.Refused(RefusalCode.TooManyReactions);
        var number = Store(conversation, change);
        AddReaction(conversation, change, message, number);
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome Unreact(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (!HasReacted(conversation, change)) return ChangeOutcome.NothingToDo;
        var number = Store(conversation, change);
        RemoveReaction(conversation, change, message, number);
        return ChangeOutcome.Applied(number);
    }

    protected readonly record struct ChangedMessage(long Id, bool IsErased, string Text, bool HasMentions);
}
