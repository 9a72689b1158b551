using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Prints messages, with a line wherever the day changes. Thread-safe.</summary>
internal sealed class MessagePrinter(DialogueParts parts)
{
    private readonly Lock gate = new();
    private DateOnly day = DayOf(TimeProvider.System.GetUtcNow());

    public LineFormat Format { get; } = new(parts);

    /// <param name="isNext">Whether it continues what is on the screen of its conversation, before or after.</param>
    public void Print(Conversation where, DaemonFrame.Message message, bool isNext = true)
    {
        lock (gate)
        {
            if (parts.Output.Screen.IsInteractive && DayOf(message.At) != day)
            {
                day = DayOf(message.At);
                parts.Output.Note(parts.Texts.Day(day));
            }
            parts.Output.Screen.Print(Format.Head(where, message), Format.Body(message));
        }
        if (isNext) parts.Shown.Add(where, message);
        parts.Conversations.Saw(message.From);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.Local).Date);
}
