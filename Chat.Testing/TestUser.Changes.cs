using System.Runtime.CompilerServices;
using Chat.Protocol;

namespace Chat.Testing;

/// <content>How a user changes messages, and sees the changes of others. A message is named by its number.</content>
public sealed partial class TestUser
{
    /// <summary>Sends a text that answers a message of the current conversation.</summary>
    public Task<Answer> Replies(long number, string line) => SendAsync(line, number);

    /// <summary>Replaces the text of an own message in the current conversation.</summary>
    public Task<Answer> Edits(long number, string text) =>
        ChangeAsync(new ClientFrame.Edit(number, text, room, peer), $"edit of {number} to {Shown.Short(text)}");

    /// <summary>Deletes a message in the current conversation.</summary>
    public Task<Answer> Deletes(long number) => ChangeAsync(new ClientFrame.Delete(number, room, peer), $"deletion of {number}");

    /// <summary>Reacts to a message in the current conversation.</summary>
    /// <param name="emoji">One emoji, such as 👍.</param>
    public Task<Answer> Reacts(long number, string emoji) =>
        ChangeAsync(new ClientFrame.React(number, emoji, room, peer), $"{emoji} for {number}");

    /// <summary>Takes a reaction back.</summary>
    public Task<Answer> TakesBack(long number, string emoji) =>
        ChangeAsync(new ClientFrame.React(number, emoji, room, peer, Remove: true), $"taking back {emoji} for {number}");

    /// <summary>Says that the user, who needs an account, has read the current conversation up to a message.</summary>
    public Task<Answer> Reads(long number) => ChangeAsync(new ClientFrame.Read(number, room, peer), $"reading up to {number}");

    /// <summary>Waits up to 10 s for an edit to this text that no earlier call has returned.</summary>
    public Task<SeenChange> ShouldSeeEdit(string text) =>
        SeeChangeAsync(change => change.Kind == ChangeKind.Edit && change.Text == text, $"edit to {Shown.Short(text)}");

    /// <summary>Waits up to 10 s for a deletion that no earlier call has returned.</summary>
    public Task<SeenChange> ShouldSeeDeletion(long number) =>
        SeeChangeAsync(change => change.Kind == ChangeKind.Delete && change.Number == number, $"deletion of {number}");

    /// <summary>Waits up to 10 s for a reaction that no earlier call has returned.</summary>
    public Task<SeenChange> ShouldSeeReaction(long number, string emoji) => SeeChangeAsync(
        change => change.Kind == ChangeKind.React && change.Number == number && change.Emoji == emoji, $"{emoji} for {number}");

    /// <summary>Waits up to 10 s for an edit, a deletion, a reaction or one taken back that no earlier call has returned.</summary>
    public Task<SeenChange> ShouldSeeChange(
        Func<SeenChange, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        SeeChangeAsync(condition, $"change where {shown}");

    private async Task<Answer> ChangeAsync(ClientFrame frame, string shown)
    {
        if (room is null && peer is null) throw InNoConversation();
        return new($"{Name}'s {shown}", await AskAsync(frame, $"{Name}'s {shown}"), chat.Failures);
    }

    private async Task<SeenChange> SeeChangeAsync(Func<SeenChange, bool> condition, string shown)
    {
        await chat.AllEnterAsync();
        var seen = await presence.Connection.TakeAsync(
            frame => frame is DaemonFrame.Change change && condition(SeenChange.Of(change)), $"change told to {Name}: {shown}");
        return SeenChange.Of((DaemonFrame.Change)seen);
    }
}
