using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>
/// Completion for Tab: emoji by their names, then the daemon's candidates and the client's own commands, or if there are none, the known
/// rooms and users.
/// </summary>
internal sealed class Completer(DialogueParts parts, KnownCommands commands)
{
    /// <summary>The user is waiting.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<Completion?> CompleteAsync(string text, int cursor, CancellationToken ct)
    {
        var from = text.AsSpan(0, cursor).LastIndexOfAny(' ', '\n') + 1;
        if (EmojiNames.Complete(text, from, cursor) is { } emoji) return emoji;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            return await AskAsync(text, cursor, patience.Token) ?? await KnownAsync(text, from, cursor, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Completion?> AskAsync(string text, int cursor, CancellationToken ct)
    {
        var room = parts.Conversations.Active is { IsDirect: false } active ? active.Name : null;
        var answer = await parts.Client.CompleteAsync(text, cursor, room, ct);
        if (answer.Value is not { Entries.Count: > 0 } found) return null;
        if (found.From < 0 || found.Length < 0 || found.From > text.Length - found.Length) return null;
        var own = found.From == 0 ? LocalNames(text[..cursor]) : [];
        return Completion.Of(text, found.From, found.Length,
            [.. own.Concat(found.Entries.Select(e => TextRules.Harmless(e.Text))).Distinct()]);
    }

    /// <summary>The client's commands that begin so, in the user's language, and the user's aliases.</summary>
    private IEnumerable<string> LocalNames(string typed) => LocalCommand.All.Where(c => !c.IsDaemonsToo)
        .Select(c => c.NameIn(parts.Texts.Language)).Concat(parts.Settings.Aliases.Keys)
        .Select(name => "/" + name).Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

    private async Task<Completion?> KnownAsync(string text, int from, int cursor, CancellationToken ct)
    {
        var word = text[from..cursor];
        if (word.Length == 0) return null;
        var (names, rooms) = (parts.Conversations.Names, parts.Conversations.Rooms);
        IEnumerable<string> known = from == 0 && word[0] == '/' ? await CommandsAsync(word, ct)
            : [.. names, .. names.Select(n => "@" + n), .. rooms.Select(r => r.Name), .. rooms.Select(r => r.ToString())];
        return Completion.Of(text, from, word.Length,
            [.. known.Where(k => k.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(TextRules.Harmless).Distinct().Order()]);
    }

    private async Task<IEnumerable<string>> CommandsAsync(string word, CancellationToken ct)
    {
        var known = await commands.GetAsync(ct) ?? [];
        return [.. LocalNames(word), .. known.SelectMany(c => c.Aliases.Prepend(c.Name)).Select(n => "/" + n)];
    }
}
