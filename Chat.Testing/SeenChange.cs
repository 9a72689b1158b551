using Chat.Protocol;

namespace Chat.Testing;

/// <summary>An edit, a deletion or a reaction as a user saw it.</summary>
/// <param name="From">Who changed the message.</param>
/// <param name="Number">The message.</param>
/// <param name="Kind"><c>edit</c>, <c>delete</c>, <c>react</c> or <c>unreact</c>.</param>
/// <param name="Text">The new text of an edit; null for the others.</param>
/// <param name="Emoji">The emoji of a reaction; null for the others.</param>
/// <param name="Room">Null for a direct message.</param>
public sealed record SeenChange(string From, long Number, string Kind, string? Text, string? Emoji, string? Room)
{
    internal static SeenChange Of(DaemonFrame.Change change) =>
        new(change.From, change.Seq, change.Kind, change.Text, change.Emoji, change.Room);
}
