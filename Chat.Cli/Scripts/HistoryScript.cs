using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary><c>chat history</c> and the beginning of <c>chat tail</c>: stored messages, oldest first.</summary>
internal static class HistoryScript
{
    public static async Task<int> RunAsync(ScriptSession session, Conversation of, int limit, long? before, CancellationToken ct)
    {
        var answer = await LatestAsync(session.Client, of, limit, before, DateTimeOffset.MinValue, ct);
        if (answer.IsRefused) return await session.RefuseAsync(answer.Refusal);
        var printer = new ScriptPrinter(session);
        foreach (var message in answer.Value) printer.Print(of, message);
        return ExitStatus.Ok;
    }

    /// <summary>The newest messages, oldest first, fetched page by page.</summary>
    /// <param name="limit">Messages.</param>
    public static async Task<Answer<IReadOnlyList<DaemonFrame.Message>>> LatestAsync(
        ChatClient client, Conversation of, int limit, long? before, DateTimeOffset since, CancellationToken ct)
    {
        var pages = new Stack<IReadOnlyList<DaemonFrame.Message>>();
        for (var left = limit; left > 0;)
        {
            var answer = await client.HistoryAsync(of, before: before, limit: Math.Min(left, ProtocolLimits.HistoryMax), ct: ct);
            if (answer.IsRefused) return Answer<IReadOnlyList<DaemonFrame.Message>>.Refused(answer.Refusal);
            var page = answer.Value.Messages;
            pages.Push(page);
            if (page.Count == 0 || !answer.Value.More || page[0].At < since) break;
            (before, left) = (page[0].Seq, left - page.Count);
        }
        return Answer<IReadOnlyList<DaemonFrame.Message>>.Of([.. pages.SelectMany(page => page).Where(m => m.At >= since)]);
    }
}
