using Chat.Daemon.Messages;
using Chat.Daemon.Reading;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Outcome = System.Threading.Tasks.TaskCompletionSource<Chat.Daemon.Refusal?>;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IMessages"/>
internal sealed class MessagesCapability(
    Attachment caller, MessageRequests requests, ChangeRequests changes, MessageDeletions deletions, ReadRequests reading) : IMessages
{
    private const int MostDeleted = 100;

    public Task SendAsync(Room room, string text, CancellationToken cancellation) =>
        SendAsync(new ClientFrame.Message(Escaped(text), Room: room.Name), cancellation);

    public Task SendAsync(User to, string text, CancellationToken cancellation) =>
        SendAsync(new ClientFrame.Message(Escaped(text), To: to.Name), cancellation);

    public Task EditAsync(Room room, long number, string text, CancellationToken cancellation) =>
        EditAsync(new ClientFrame.Edit(number, text, Room: room.Name), cancellation);

    public Task EditAsync(User with, long number, string text, CancellationToken cancellation) =>
        EditAsync(new ClientFrame.Edit(number, text, With: with.Name), cancellation);

    public Task DeleteAsync(Room room, long number, CancellationToken cancellation) =>
        DeleteAsync(new ClientFrame.Delete(number, Room: room.Name), cancellation);

    public Task DeleteAsync(User with, long number, CancellationToken cancellation) =>
        DeleteAsync(new ClientFrame.Delete(number, With: with.Name), cancellation);

    public async Task<int> DeleteLatestAsync(Room room, User author, int count, CancellationToken cancellation)
    {
        if (caller.IsOver) throw new Refusal(RefusalCode.Unavailable).ToException(caller.Texts);
        if (count is < 1 or > MostDeleted) throw new Refusal(RefusalCode.BadArguments).ToException(caller.Texts);
        var (deleted, refusal) = await deletions.DeleteLatestAsync(caller, room.Name, author.Id, count, cancellation).AsTask()
            .OrRefusedAsync(caller.Texts);
        return refusal is null ? deleted : throw refusal.ToException(caller.Texts);
    }

    public Task ReactAsync(Room room, long number, string emoji, bool remove, CancellationToken cancellation) =>
        ReactAsync(new ClientFrame.React(number, emoji, Room: room.Name, Remove: remove), cancellation);

    public Task ReactAsync(User with, long number, string emoji, bool remove, CancellationToken cancellation) =>
        ReactAsync(new ClientFrame.React(number, emoji, With: with.Name, Remove: remove), cancellation);

    public Task<long> MarkReadAsync(Room room, long? number, CancellationToken cancellation) =>
        MarkReadAsync(new ClientFrame.Read(number ?? long.MaxValue, Room: room.Name), cancellation);

    public Task<long> MarkReadAsync(User with, long? number, CancellationToken cancellation) =>
        MarkReadAsync(new ClientFrame.Read(number ?? long.MaxValue, With: with.Name), cancellation);

    private async Task<long> MarkReadAsync(ClientFrame.Read frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (caller.IsOver) throw new Refusal(RefusalCode.Unavailable).ToException(caller.Texts);
        var (read, refusal) = await reading.MarkAsync(caller, frame).AsTask().OrRefusedAsync(caller.Texts);
        return refusal is null ? read : throw refusal.ToException(caller.Texts);
    }

    private Task SendAsync(ClientFrame.Message frame, CancellationToken cancellation) =>
        AppendAsync(outcome => requests.PostAsync(caller, frame, outcome), cancellation);

    private Task EditAsync(ClientFrame.Edit frame, CancellationToken cancellation) =>
        AppendAsync(outcome => changes.EditAsync(caller, frame, outcome), cancellation);

    private Task DeleteAsync(ClientFrame.Delete frame, CancellationToken cancellation) =>
        AppendAsync(outcome => changes.DeleteAsync(caller, frame, outcome), cancellation);

    private Task ReactAsync(ClientFrame.React frame, CancellationToken cancellation) =>
        AppendAsync(outcome => changes.ReactAsync(caller, frame, outcome), cancellation);

    private async Task AppendAsync(Func<Outcome, ValueTask<Refusal?>> append, CancellationToken cancellation)
    {
        // The connection is gone, and nobody would answer for the message.
        if (caller.IsOver) throw new Refusal(RefusalCode.Unavailable).ToException(caller.Texts);
        var outcome = new Outcome(TaskCreationOptions.RunContinuationsAsynchronously);
        var refusal = await append(outcome).AsTask().OrRefusedAsync(caller.Texts) ?? await outcome.Task.WaitAsync(cancellation);
        if (refusal is not null) throw refusal.ToException(caller.Texts);
    }

    /// <summary>A plugin's text is never a command, whatever it begins with.</summary>
    private static string Escaped(string text) => text.StartsWith('/') ? "/" + text : text;
}
