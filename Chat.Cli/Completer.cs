using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Completion for Tab: the daemon's, or if it offers none, the known commands, rooms and users.</summary>
internal sealed class Completer(ChatClient client, OpenConversations conversations, KnownCommands commands)
{
    /// <summary>The user is waiting.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<Completion?> CompleteAsync(string text, int cursor, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            return await AskAsync(text, cursor, patience.Token) ?? await KnownAsync(text, cursor, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Completion?> AskAsync(string text, int cursor, CancellationToken ct)
    {
        var answer = await client.CompleteAsync(text, cursor, conversations.Active is { IsDirect: false } room ? room.Name : null, ct);
        if (answer.Value is not { Entries.Count: > 0 } found) return null;
        if (found.From < 0 || found.Length < 0 || found.From > text.Length - found.Length) return null;
        return Completion.Of(text, found.From, found.Length, [.. found.Entries.Select(e => TextRules.Harmless(e.Text))]);
    }

    private async Task<Completion?> KnownAsync(string text, int cursor, CancellationToken ct)
    {
        var from = text.AsSpan(0, cursor).LastIndexOfAny(' ', '\n') + 1;
        var word = text[from..cursor];
        if (word.Length == 0) return null;
        IEnumerable<string> known = from == 0 && word[0] == '/' ? await CommandsAsync(ct)
            : [.. conversations.Names, .. conversations.Names.Select(n => "@" + n), .. conversations.Rooms.Select(r => r.Name),
                .. conversations.Rooms.Select(r => r.ToString())];
        return Completion.Of(text, from, word.Length,
            [.. known.Where(k => k.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(TextRules.Harmless).Distinct().Order()]);
    }

    private async Task<IEnumerable<string>> CommandsAsync(CancellationToken ct)
    {
        var known = await commands.GetAsync(ct) ?? [];
        return [.. known.SelectMany(c => c.Aliases.Prepend(c.Name)).Select(n => "/" + n), .. InputLoop.LocalCommands];
    }
}
