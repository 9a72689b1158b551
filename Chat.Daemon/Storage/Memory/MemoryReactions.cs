using Chat.Protocol;

namespace Chat.Daemon.Storage.Memory;

/// <summary>The reactions to one message. Not thread-safe.</summary>
internal sealed class MemoryReactions
{
    private readonly List<(string Emoji, OrderedDictionary<string, string> Names)> emojis = [];

    /// <returns>Null if it is done; otherwise nothing has changed.</returns>
    public ChangeOutcome? Change(LoggedChange change)
    {
        var on = emojis.Find(of => of.Emoji == change.Emoji).Names;
        var has = on?.ContainsKey(change.Identity) == true;
        if (has == (change.Kind == ChangeKind.React)) return ChangeOutcome.NothingToDo;
        if (has)
        {
            on!.Remove(change.Identity);
            if (on.Count == 0) emojis.RemoveAll(of => of.Emoji == change.Emoji);
            return null;
        }
        if (on is null)
        {
            if (emojis.Count >= ProtocolLimits.ReactionsPerMessage) return ChangeOutcome.Refused(RefusalCode.TooManyReactions);
            emojis.Add((change.Emoji!, on = []));
        }
        on.Add(change.Identity, change.From);
        return null;
    }

    public void Rename(string identity, string name)
    {
        foreach (var (_, names) in emojis)
            if (names.ContainsKey(identity)) names[identity] = name;
    }

    /// <returns>Null if there are none.</returns>
    public IReadOnlyList<LoggedReaction>? SeenBy(string viewer) => emojis.Count == 0
        ? null
        : emojis.ConvertAll(of => new LoggedReaction(
            of.Emoji, of.Names.Count, [.. of.Names.Values.Take(ProtocolLimits.ReactionUsers)], of.Names.ContainsKey(viewer)));
}
