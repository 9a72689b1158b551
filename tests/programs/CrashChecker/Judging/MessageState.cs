namespace CrashChecker.Judging;

/// <summary>What changes make of a message. Names stand for identities: no two users of a run share one.</summary>
internal sealed class MessageState(string original)
{
    private readonly HashSet<(string Emoji, string User)> reactions = [];

    public string Text { get; private set; } = original;

    public bool Erased { get; private set; }

    public string Reactions => View.ReactionsOf(reactions.CountBy(reaction => reaction.Emoji).Select(each => (each.Key, each.Value)));

    /// <returns>Whether it changed anything.</returns>
    public bool Apply(string from, Change change)
    {
        if (Erased) return false;
        switch (change.Kind)
        {
            case ChangeKind.Edit when Text == change.Content: return false;
            case ChangeKind.Edit: Text = change.Content; return true;
            case ChangeKind.React: return reactions.Add((change.Content, from));
            case ChangeKind.Unreact: return reactions.Remove((change.Content, from));
            default:
                (Text, Erased) = ("", true);
                reactions.Clear();
                return true;
        }
    }
}
