using System.Globalization;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Runs the commands of the client itself.</summary>
internal sealed class LocalCommands(DialogueParts parts, Outgoing outgoing, PastMessages past)
{
    /// <summary>For the text of a message that is not on the screen. The user is waiting.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly CliTexts texts = parts.Texts;

    /// <summary>False if the daemon should run the line.</summary>
    /// <param name="draft">Becomes the next line, for editing.</param>
    public async Task<bool> TryRunAsync(LocalCommand command, string line, string rest, Action<string> draft, CancellationToken ct)
    {
        switch (command.Action)
        {
            case LocalAction.Switch: Switch(rest); return true;
            case LocalAction.History: await BesideAsync(ShowHistoryAsync(command, rest, ct)); return true;
            case LocalAction.Mentions: await BesideAsync(past.ShowMentionsAsync(ct)); return true;
            case LocalAction.Set: Set(rest); return true;
            case LocalAction.Clear: parts.Output.Screen.Clear(); return true;
            default:
                if (!parts.Output.Screen.IsInteractive && command.IsDaemonsToo) return false;
                return await TryActAsync(command, line, rest, draft, ct);
        }
    }

    /// <summary>The client's own commands, below the daemon's help. Null if the line asks for something else.</summary>
    public string? HelpFor(string line)
    {
        if (!IsHelp(line.Trim())) return null;
        var lines = LocalCommand.All.Where(c => !c.IsDaemonsToo).Select(texts.Local).Order(StringComparer.InvariantCultureIgnoreCase);
        return string.Join('\n', [texts.LocalHeading, .. lines, texts.KeysHelp]);
    }

    /// <summary>The help of one command of the client: <c>/help switch</c>.</summary>
    public bool TryHelp(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var help, var name] || !IsHelp(help)) return false;
        if (LocalCommand.All.FirstOrDefault(c => !c.IsDaemonsToo && c.Is(name.TrimStart('/'))) is not { } command) return false;
        parts.Output.Screen.Print(texts.Local(command));
        return true;
    }

    private static bool IsHelp(string name) => CommandLine.IsSame("/help", name) || CommandLine.IsSame("/ajuda", name);

    private void Switch(string name)
    {
        var to = name.StartsWith('@') ? Conversation.With(name[1..]) : Conversation.Room(name.TrimStart('#'));
        if (to.Name.Length == 0) outgoing.Refuse(texts.SwitchUsage);
        else if (parts.Conversations.TrySwitch(to))
            parts.Output.Note(texts.NowIn(LineFormat.Clean(to.IsDirect ? to.ToString() : to.Name)));
        else outgoing.Refuse(texts.NotInThatRoom(LineFormat.Clean(to.Name)));
    }

    /// <summary>At a terminal the user keeps typing: without a connection, the answer may never come.</summary>
    private Task BesideAsync(Task showing) => parts.Output.Screen.IsInteractive ? Task.CompletedTask : showing;

    private async Task ShowHistoryAsync(LocalCommand command, string rest, CancellationToken ct)
    {
        var count = PastMessages.Page;
        if (rest.Length > 0 && (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 500))
            outgoing.Refuse(texts.Local(command));
        else if (parts.Conversations.Active is { } place) await past.ShowAsync(place, count, ct);
        else outgoing.Refuse(texts.NoRoom);
    }

    private void Set(string rest)
    {
        var place = parts.Conversations.Active;
        var changed = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (changed.Length > 0 && (changed is not [var name, var value] || !parts.Settings.TrySet(name, value, place)))
        {
            outgoing.Refuse(texts.SetUsage);
            return;
        }
        foreach (var (setting, now) in parts.Settings.All(place))
        {
            if (changed.Length == 0 || setting.Split(' ')[0] == changed[0])
                parts.Output.Note(texts.SettingIs(LineFormat.Clean(setting), now));
        }
    }

    private async Task<bool> TryActAsync(LocalCommand command, string line, string rest, Action<string> draft, CancellationToken ct)
    {
        if (parts.Conversations.Active is not { } place)
        {
            outgoing.Refuse(texts.NoRoom);
            return true;
        }
        var (seq, text) = NumberAndText(rest);
        if (command.Action is LocalAction.Edit) return await TryEditAsync(place, command, line, seq, text, draft, ct);
        if (command.Action is LocalAction.Delete && text.Length > 0) return false; // of a user: the daemon's
        if (command.Action is not LocalAction.Delete && text.Length == 0)
        {
            if (command.IsDaemonsToo) return false; // the daemon says what is missing
            outgoing.Refuse(texts.Local(command));
            return true;
        }
        if (command.Action is LocalAction.React && text.Contains(' ', StringComparison.Ordinal)) return false; // with an option
        if ((seq ?? Fitting(place, command.Action)?.Seq) is not { } target) outgoing.Refuse(texts.NoMessageFits);
        else if (command.Action is LocalAction.Reply) await outgoing.SayAsync(place, text, target, ct);
        else if (command.Action is LocalAction.Delete)
            await outgoing.ChangeAsync(place, line, () => parts.Client.DeleteAsync(place, target, ct));
        else await outgoing.ChangeAsync(place, line, () => parts.Client.ReactAsync(place, target, EmojiNames.Expand(text), ct: ct));
        return true;
    }

    /// <summary>With a text, changes the message; without one, puts the old text into the line.</summary>
    private async Task<bool> TryEditAsync(Conversation place, LocalCommand command, string line, long? seq, string text,
        Action<string> draft, CancellationToken ct)
    {
        if (text.Length > 0)
        {
            if (seq is not { } target) return false; // the daemon says that the number is missing
            await outgoing.ChangeAsync(place, line, () => parts.Client.EditAsync(place, target, text, ct));
            return true;
        }
        var (message, why) = seq is { } number
            ? await FindAsync(place, number, ct) : (Fitting(place, LocalAction.Edit), texts.NoMessageFits);
        if (message is null or { Erased: true }) outgoing.Refuse(why);
        else draft($"/{command.NameIn(texts.Language)} {message.Seq.ToString(CultureInfo.InvariantCulture)} {message.Text}");
        return true;
    }

    /// <summary>The message, or why there is none.</summary>
    private async Task<(DaemonFrame.Message? Message, string Why)> FindAsync(Conversation place, long seq, CancellationToken ct)
    {
        if (parts.Shown.Find(place, seq) is { } shown) return (shown, texts.NoMessageFits);
        if (seq < 1) return (null, texts.NoMessageFits);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            var page = await parts.Client.HistoryAsync(place, after: seq - 1, limit: 1, ct: patience.Token);
            return (page.Value?.Messages is [var first, ..] && first.Seq == seq ? first : null, texts.NoMessageFits);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, texts.Unreachable);
        }
    }

    /// <summary>The last own message to edit or delete, the last one of others to react or reply to.</summary>
    private DaemonFrame.Message? Fitting(Conversation place, LocalAction action)
    {
        var me = Conversation.With(parts.Conversations.Me);
        var isOwn = action is LocalAction.Edit or LocalAction.Delete;
        return parts.Shown.LastOf(place, m => Conversation.With(m.From).Equals(me) == isOwn && (!isOwn || m.Via is null));
    }

    /// <summary>A number at the beginning, with or without <c>#</c>, and the rest.</summary>
    private static (long? Seq, string Text) NumberAndText(string rest)
    {
        var end = rest.AsSpan().IndexOfAny(' ', '\n', '\t') is >= 0 and var space ? space : rest.Length;
        return long.TryParse(rest[..end].TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? (seq, rest[end..].Trim()) : (null, rest);
    }
}
