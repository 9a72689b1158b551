using Chat.Cli.Terminal;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Handles each line of input: a message, a command for the daemon, or a command of the client itself.</summary>
internal sealed class InputLoop(
    DialogueParts parts, PendingLines pendingLines, KnownCommands commands, Outgoing outgoing, PastMessages past)
{
    private readonly CliTexts texts = parts.Texts;
    private readonly IScreen screen = parts.Output.Screen;
    private readonly LocalCommands local = new(parts, outgoing, past);
    private readonly ReadMark readMark = new(parts);

    /// <summary>A line without a room to go to. It comes back for editing until something is sent.</summary>
    private string unsent = "";

    /// <summary>Text for the next line alone.</summary>
    private string? draft;
    private bool isQuitting;

    /// <summary>Runs until the input ends. True if the session should end with it.</summary>
    /// <param name="over">Stops reading; lines already read are still sent.</param>
    public async Task<bool> RunAsync(CancellationToken over, CancellationToken ct)
    {
        var ahead = await screen.DiscardTypedAheadAsync(over);
        if (ahead is not TypedAhead.Nothing) parts.Output.Note(texts.TypedAheadDiscarded);
        var isSuspect = ahead is TypedAhead.UnfinishedLine;
        while (await screen.ReadLineAsync(() => $"{Prompt}> ", Draft(), over) is { } line)
        {
            if (isSuspect)
            {
                (isSuspect, unsent) = (false, line);
                parts.Output.Note(texts.BegunEarly);
                continue;
            }
            readMark.Move();
            if (string.IsNullOrWhiteSpace(line)) unsent = "";
            else if (!await TryTakeAsync(line, over, ct)) break;
        }
        await outgoing.LeaveAsync(ct);
        return isQuitting || !screen.IsInteractive;
    }

    /// <summary>Handles keys that do not edit the line.</summary>
    public void Press(EditResult key, CancellationToken ct)
    {
        if (key is EditResult.ToggleNumbers) parts.Output.Note(Toggled());
        else if (key is EditResult.Earlier && parts.Conversations.Active is { } place) _ = past.ShowAsync(place, PastMessages.Page, ct);
        else if (key is EditResult.Cancel) pendingLines.TakeBack();
    }

    private string Toggled()
    {
        parts.Settings.ShowsNumbers = !parts.Settings.ShowsNumbers;
        return texts.SettingIs("numbers", parts.Settings.ShowsNumbers ? "on" : "off");
    }

    private string Prompt
    {
        get
        {
            var place = parts.Conversations.Active is { } active
                ? LineFormat.Clean(active.IsDirect ? active.ToString() : active.Name) : texts.PromptNoRoom;
            return pendingLines.Prompt is { Length: > 0 } state ? $"{place} ({state})" : place;
        }
    }

    /// <summary>False to end the session.</summary>
    /// <param name="typed">May begin with an alias, and comes back with Up so.</param>
    private async Task<bool> TryTakeAsync(string typed, CancellationToken over, CancellationToken ct)
    {
        var line = parts.Settings.Expand(typed);
        if (!line.StartsWith('/') || line.StartsWith("//", StringComparison.Ordinal))
        {
            screen.Remember(typed);
            await SayAsync(line.StartsWith('/') ? line[1..] : line, typed, ct);
            return true;
        }
        if (LocalCommand.In(line) is not var (command, rest))
        {
            if (local.TryHelp(line)) screen.Remember(typed);
            else await TakeCommandAsync(line, typed, over, ct);
            return true;
        }
        if (command.Action is LocalAction.Quit)
        {
            isQuitting = true;
            return false;
        }
        if (!await local.TryRunAsync(command, line, rest, text => draft = text, ct)) await TakeCommandAsync(line, typed, over, ct);
        else screen.Remember(typed);
        return true;
    }

    private string Draft()
    {
        var next = draft ?? unsent;
        draft = null;
        return next;
    }

    private async Task SayAsync(string text, string line, CancellationToken ct)
    {
        if (parts.Conversations.Active is { } place)
        {
            unsent = "";
            await outgoing.SayAsync(place, text, null, ct);
            return;
        }
        if (screen.IsInteractive) unsent = line;
        outgoing.Refuse(screen.IsInteractive ? texts.NoRoomKept : texts.NoRoom);
    }

    /// <summary>Asks for the secrets that the command needs, and keeps those of the line out of the history.</summary>
    private async Task TakeCommandAsync(string line, string typed, CancellationToken over, CancellationToken ct)
    {
        var command = CommandLine.Read(line, await commands.GetAsync(ct));
        screen.Remember(command.Kept == line ? typed : command.Kept);
        var help = screen.IsInteractive ? local.HelpFor(line) : null;
        if (!screen.IsInteractive || command.Missing.Count == 0) await outgoing.RunCommandAsync(line, command.Shown, help, ct);
        else if (await AskAsync(command.Missing, over) is { } secrets)
            await outgoing.RunCommandAsync(command.With(secrets), command.Shown, null, ct);
        else parts.Output.Note(texts.NotSent(LineFormat.Clean(line)));
    }

    /// <summary>Asks for the last secret twice, because nobody sees a typing error. Null if the user gave up.</summary>
    private async Task<IReadOnlyList<string>?> AskAsync(IReadOnlyList<ParameterEntry> missing, CancellationToken over)
    {
        var secrets = new List<string>();
        while (secrets.Count < missing.Count)
        {
            var name = LineFormat.Clean(missing[secrets.Count].Name);
            if (await screen.ReadSecretAsync(texts.AskSecret(name), over) is not { Length: > 0 } secret) return null;
            if (secrets.Count == missing.Count - 1 && await screen.ReadSecretAsync(texts.AskSecretAgain(name), over) != secret)
                parts.Output.Note(texts.SecretsDiffer);
            else secrets.Add(secret);
        }
        return secrets;
    }
}
