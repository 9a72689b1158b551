using System.Runtime.CompilerServices;
using System.Text.Json;
using Chat.Protocol;

namespace Chat.Testing;

/// <summary>The outcome of a line that a user sent.</summary>
public sealed class Answer
{
    private readonly string line;
    private readonly DaemonFrame frame;
    private readonly Failures failures;

    internal Answer(string line, DaemonFrame frame, Failures failures) => (this.line, this.frame, this.failures) = (line, frame, failures);

    /// <summary>The text of the posted message, notice, reply, edit or refusal.</summary>
    public string Text => frame switch
    {
        DaemonFrame.Message message => message.Text,
        DaemonFrame.Notice notice => notice.Text,
        DaemonFrame.Reply reply => reply.Text,
        DaemonFrame.Error error => error.Text,
        DaemonFrame.Change change => change.Text ?? "",
        _ => "",
    };

    /// <summary>The number of the posted or changed message; 0 if there is none.</summary>
    public long Number => frame switch
    {
        DaemonFrame.Message message => message.Seq,
        DaemonFrame.Change change => change.Seq,
        DaemonFrame.Read read => read.Seq,
        _ => 0,
    };

    /// <summary>The data of a reply; null if it has none.</summary>
    public JsonElement? Data => (frame as DaemonFrame.Reply)?.Data;

    /// <summary>The code of a refusal; null if the line was not refused.</summary>
    public string? RefusalCode => (frame as DaemonFrame.Error)?.Code;

    /// <summary>The line posted a message, which everybody in the conversation sees.</summary>
    public Answer ShouldPost(string text) => Should<DaemonFrame.Message>($"a message: {Shown.Short(text)}", Text == text);

    /// <inheritdoc cref="ShouldPost(string)"/>
    public Answer ShouldPost(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        Should<DaemonFrame.Message>($"a message where {shown}", condition(Text));

    /// <summary>The message was edited, deleted or reacted to, which everybody in the conversation sees.</summary>
    public Answer ShouldChange() => Should<DaemonFrame.Change>("a change", (frame as DaemonFrame.Change)?.Rev is not null);

    /// <summary>The message was edited, and has this text now.</summary>
    public Answer ShouldChange(string text) =>
        Should<DaemonFrame.Change>($"a change to {Shown.Short(text)}", frame is DaemonFrame.Change { Rev: not null } && Text == text);

    /// <summary>There was nothing to do, or a filter dropped the edit. Nobody else is told.</summary>
    public Answer ShouldChangeNothing() => Should<DaemonFrame.Change>("no change", frame is DaemonFrame.Change { Rev: null });

    /// <summary>The line sent a notice to everybody in the conversation.</summary>
    public Answer ShouldNotify(string text) => Should<DaemonFrame.Notice>($"a notice: {Shown.Short(text)}", Text == text);

    /// <inheritdoc cref="ShouldNotify(string)"/>
    public Answer ShouldNotify(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        Should<DaemonFrame.Notice>($"a notice where {shown}", condition(Text));

    /// <summary>The line got a reply, which only the sender sees.</summary>
    public Answer ShouldReply(string text) => Should<DaemonFrame.Reply>($"the reply: {Shown.Short(text)}", Text == text);

    /// <inheritdoc cref="ShouldReply(string)"/>
    public Answer ShouldReply(Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        Should<DaemonFrame.Reply>($"a reply where {shown}", condition(Text));

    /// <summary>The line got a reply with this data, whatever its text.</summary>
    /// <param name="json">Compared as JSON: white space and the order of properties don't matter.</param>
    public Answer ShouldReplyWith(string json)
    {
        using var wanted = JsonDocument.Parse(json);
        return Should<DaemonFrame.Reply>($"a reply with {json}", Data is { } data && JsonElement.DeepEquals(data, wanted.RootElement));
    }

    /// <summary>The line was refused with this code.</summary>
    public Answer ShouldBeRefused(string code) => Should<DaemonFrame.Error>($"the refusal {code}", RefusalCode == code);

    /// <summary>The line was refused with this code and text.</summary>
    public Answer ShouldBeRefused(string code, string text) =>
        Should<DaemonFrame.Error>($"the refusal {code}: {Shown.Short(text)}", RefusalCode == code && Text == text);

    /// <inheritdoc cref="ShouldBeRefused(string, string)"/>
    public Answer ShouldBeRefused(
        string code, Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        Should<DaemonFrame.Error>($"the refusal {code} where {shown}", RefusalCode == code && condition(Text));

    private Answer Should<T>(string wanted, bool holds) where T : DaemonFrame =>
        frame is T && holds ? this : throw failures.Of($"{line}: expected {wanted}, but got {Shown.Of(frame)}");
}
