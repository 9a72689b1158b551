using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Fetches earlier messages from the daemon and prints them. Nothing is printed twice.</summary>
internal sealed class PastMessages(DialogueParts parts, MessagePrinter printer) : IDisposable
{
    /// <summary>Messages on a page, unless the user says how many.</summary>
    public const int Page = 20;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Prints the messages before the oldest on the screen.</summary>
    public async Task ShowAsync(Conversation where, int count, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            while (true)
            {
                var answer = await parts.Client.HistoryAsync(where, before: parts.Shown.Oldest(where), limit: count, ct: ct);
                if (answer.IsRefused) parts.Output.Refuse(RefusalTexts.Say(parts.Texts, answer.Refusal));
                else if (!TryPrint(where, answer.Value.Messages)) continue;
                return;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Prints the newest messages that mention the user, the oldest of them first.</summary>
    public async Task ShowMentionsAsync(CancellationToken ct)
    {
        var answer = await parts.Client.MentionsAsync(limit: Page, ct: ct);
        if (answer.IsRefused)
        {
            parts.Output.Refuse(RefusalTexts.Say(parts.Texts, answer.Refusal));
            return;
        }
        parts.Output.Note(answer.Value.Messages.Count == 0 ? parts.Texts.NoMentions : parts.Texts.MentionsOfYou);
        foreach (var message in answer.Value.Messages.Reverse())
        {
            var where = message.Room is { } room ? Conversation.Room(room) : Conversation.With(message.With ?? message.From);
            printer.Print(where, message, isNext: false);
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>False if all of them have been printed since they were asked for, after a join for example.</summary>
    private bool TryPrint(Conversation where, IReadOnlyList<DaemonFrame.Message> messages)
    {
        var name = LineFormat.Clean(where.ToString());
        if (messages.Count == 0)
        {
            parts.Output.Note(parts.Texts.NothingEarlier(name));
            return true;
        }
        var oldest = parts.Shown.Oldest(where) ?? long.MaxValue;
        // Before the user left the room and came back, some may have been printed already.
        List<DaemonFrame.Message> earlier = [.. messages.Where(m => m.Seq < oldest && parts.Shown.Find(where, m.Seq) is null)];
        parts.Shown.ReachBack(where, messages[0].Seq);
        if (earlier.Count == 0) return false;
        parts.Output.Note(parts.Texts.EarlierIn(name));
        foreach (var message in earlier) printer.Print(where, message);
        parts.Output.Note(parts.Texts.EarlierEnds(name));
        return true;
    }
}
