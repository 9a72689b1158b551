namespace CrashChecker.Clients;

/// <summary>
/// How far a client has everything of each conversation, by the numbers of messages or of changes. For one thread at a time.
/// </summary>
internal sealed class Progress
{
    private readonly Dictionary<string, long> cursors = [];
    private readonly HashSet<(string Conversation, long Number)> ahead = []; // what comes live while that before it is still being read

    /// <summary>The number up to which nothing is missing.</summary>
    public long Of(string conversation) => cursors.GetValueOrDefault(conversation);

    public void Advance(string conversation, long number)
    {
        if (number > Of(conversation)) ahead.Add((conversation, number));
        Close(conversation);
    }

    /// <summary>Nothing up to it is missing.</summary>
    public void SkipTo(string conversation, long number)
    {
        cursors[conversation] = Math.Max(Of(conversation), number);
        Close(conversation);
    }

    public void Forget(string conversation)
    {
        cursors.Remove(conversation);
        ahead.RemoveWhere(one => one.Conversation == conversation);
    }

    private void Close(string conversation)
    {
        var cursor = Of(conversation);
        ahead.RemoveWhere(one => one.Conversation == conversation && one.Number <= cursor);
        while (ahead.Remove((conversation, cursor + 1))) cursor++;
        cursors[conversation] = cursor;
    }
}
