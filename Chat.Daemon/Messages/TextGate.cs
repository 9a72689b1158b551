using System.Diagnostics;
using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Checks every user's text before others see it: text rules, permission and mutes, then filters. The rate is counted earlier, once per
/// frame.
/// </summary>
internal sealed class TextGate(CommandRegistry commandRegistry, RoomAccess access)
{
    /// <summary>Characters of a topic, a reason or a name: one line on most screens.</summary>
    public const int LineScalars = 200;

    /// <summary>Refuses a text that breaks the rules. A line may be empty: a topic is cleared, a reason left out.</summary>
    public static Refusal? RefusalOf(OutgoingText text) => text.IsLine
        ? text.Text.Length == 0 ? null : RefusalOfLine(text)
        : TextRules.HasForbiddenControl(text.Text) ? new Refusal(RefusalCode.BadArguments, text.Room?.Name.Text)
        : TextRules.CodeFor(text.Text) is { } code ? new Refusal(code, text.Room?.Name.Text) : null;

    public ValueTask<GateVerdict> PassAsync(Attachment writer, OutgoingText text)
    {
        if ((RefusalOf(text) ?? RefusalToWrite(writer, text)) is { } refusal) return new(new GateVerdict(refusal, null));
        // Without filters that run, a message pays for this check only.
        return text.Text.Length > 0 && commandRegistry.Current.Hooks.Filters is { IsDisabled: false } filters
            ? FilterAsync(filters, writer, text)
            : new(new GateVerdict(null, text.Text));
    }

    /// <returns>The text as it may be shown; null if a filter dropped it.</returns>
    /// <exception cref="RefusalException">It is refused.</exception>
    public async Task<string?> PassOrThrowAsync(Attachment writer, OutgoingText text)
    {
        var verdict = await PassAsync(writer, text);
        return verdict.Refusal is { } refusal ? throw refusal.ToException(writer.Texts) : verdict.Text;
    }

    /// <summary>Why the writer may not write there now: time has passed since the text went through.</summary>
    public Refusal? RefusalToWrite(Attachment writer, OutgoingText text) => text is { Subscriber.IsPresent: false, Room: { } room }
        ? new Refusal(RefusalCode.NotInRoom, room.Name.Text)
        : access.RefusalToWrite(writer, text.Place);

    private static Refusal? RefusalOfLine(OutgoingText text)
    {
        var room = text.Room?.Name.Text;
        if (TextRules.ShowsNothing(text.Text)) return new(RefusalCode.TextEmpty, room);
        if (TextRules.ScalarsIn(text.Text) > LineScalars)
            return new(RefusalCode.TextTooLong, room, Say: texts => texts.LineTooLong(LineScalars));
        return TextRules.IsOneLine(text.Text) ? null : new(RefusalCode.BadArguments, room, Say: texts => texts.NotOneLine());
    }

    /// <summary>
    /// A filter's replacement is valid in a message, but perhaps not as a line, and never as a name. A name that a filter has taken apart
    /// is refused; one that it has only added to stays as it was.
    /// </summary>
    private static Refusal? RefusalOfReplacement(OutgoingText text, OutgoingText filtered)
    {
        if (text.Kind is not DraftKind.RoomName) return RefusalOf(filtered);
        return filtered.Text.Contains(text.Text, StringComparison.OrdinalIgnoreCase)
            ? null
            : new Refusal(RefusalCode.Rejected, text.Room?.Name.Text);
    }

    private async ValueTask<GateVerdict> FilterAsync(FilterChain filters, Attachment writer, OutgoingText text)
    {
        if (Turn.IsOnThread) await Task.Yield(); // a plugin may take its time
        var recipient = text.Recipient ?? text.Partner?.ToUser();
        var draft = new Draft(writer.User.ToUser(), text.Room?.ToRoom(), recipient, text.Text, writer.Texts.Language, text.Via)
        {
            Kind = text.Kind,
            Edits = text.Edits,
        };
        switch (await filters.RunAsync(draft, () => commandRegistry.Current.Hooks.Filters, writer.Connection.Ending))
        {
            case FilterOutcome.Refused refused:
                var detail = refused.Refusal.Code == RefusalCode.Unavailable ? writer.Texts.NotFiltered() : refused.Refusal.Detail;
                return new(refused.Refusal with { Room = text.Room?.Name.Text, Detail = detail }, null);
            case FilterOutcome.Dropped:
                return default;
            case FilterOutcome.Passed passed:
                // Filters take time, and the writer may have been muted or removed meanwhile.
                var filtered = text with { Text = passed.Text };
                return (RefusalOfReplacement(text, filtered) ?? RefusalToWrite(writer, filtered)) is { } refusal
                    ? new(refusal, null)
                    : new GateVerdict(null, passed.Text);
            default:
                throw new UnreachableException();
        }
    }
}
