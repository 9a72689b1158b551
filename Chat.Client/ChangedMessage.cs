using Chat.Protocol;

namespace Chat.Client;

/// <summary>Applies a change to a copy of a message, as a list would show it.</summary>
internal static class ChangedMessage
{
    /// <param name="isOwn">Whether this user made the change.</param>
    public static DaemonFrame.Message After(DaemonFrame.Message message, DaemonFrame.Change change, bool isOwn)
    {
        var changed = message with { Rev = change.Rev };
        return change.Kind switch
        {
            ChangeKind.Edit => changed with { Text = change.Text ?? "", Mentions = change.Mentions, Edited = change.At },
            ChangeKind.Delete => changed with { Text = "", Erased = true, Mentions = null, Edited = null, Reactions = null },
            ChangeKind.React => changed with { Reactions = Add(message.Reactions ?? [], change, isOwn) },
            ChangeKind.Unreact => changed with { Reactions = Remove(message.Reactions ?? [], change, isOwn) },
            _ => changed,
        };
    }

    private static ReactionEntry[] Add(IReadOnlyList<ReactionEntry> reactions, DaemonFrame.Change change, bool isOwn)
    {
        if (reactions.All(r => r.Emoji != change.Emoji))
            return [.. reactions, new ReactionEntry(change.Emoji!, 1, [change.From], isOwn ? true : null)];
        return [.. reactions.Select(r => r.Emoji != change.Emoji ? r : r with
        {
            Count = r.Count + 1,
            Users = r.Users.Count < ProtocolLimits.ReactionUsers ? [.. r.Users, change.From] : r.Users,
            Mine = isOwn ? true : r.Mine,
        })];
    }

    /// <summary>Of more users than a list names, the next one is not known: then fewer are named.</summary>
    private static ReactionEntry[]? Remove(IReadOnlyList<ReactionEntry> reactions, DaemonFrame.Change change, bool isOwn)
    {
        ReactionEntry[] left = [.. reactions.Select(r => r.Emoji != change.Emoji ? r : r with
        {
            Count = r.Count - 1,
            Users = [.. r.Users.Where(user => user != change.From)],
            Mine = isOwn ? null : r.Mine,
        }).Where(r => r.Count > 0)];
        return left.Length > 0 ? left : null;
    }
}
