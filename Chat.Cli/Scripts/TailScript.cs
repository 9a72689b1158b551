using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary><c>chat tail</c>: prints a conversation's messages and changes as they arrive, until it is interrupted.</summary>
internal sealed class TailScript(ScriptSession session, Conversation of)
{
    private readonly ScriptPrinter printer = new(session);

    /// <summary>The newest message printed from the history; its event follows too.</summary>
    private long last;

    /// <param name="since">Begins with the messages since then; null: with the next one.</param>
    public async Task<int> RunAsync(DateTimeOffset? since, CancellationToken ct)
    {
        if (since is { } from)
        {
            var earlier = await HistoryScript.LatestAsync(session.Client, of, int.MaxValue, null, from, ct);
            if (earlier.IsRefused) return await session.RefuseAsync(earlier.Refusal);
            foreach (var message in earlier.Value) printer.Print(of, message);
            if (earlier.Value.Count > 0) last = earlier.Value[^1].Seq;
        }
        await foreach (var e in session.Client.Events(ct))
            if (await TakeAsync(e) is { } status) return status;
        return ExitStatus.Ok;
    }

    /// <summary>The exit status if nothing more can come.</summary>
    private async Task<int?> TakeAsync(ChatEvent e)
    {
        switch (e)
        {
            case ChatEvent.MessageArrived m when m.Conversation.Equals(of):
                if (m.Message.Seq > last) printer.Print(of, m.Message);
                return null;
            case ChatEvent.MessageChanged c when c.Conversation.Equals(of):
                printer.Print(of, c.Change);
                return null;
            case ChatEvent.MessageRefreshed now when now.Conversation.Equals(of):
                printer.PrintRefreshed(of, now.Message);
                return null;
            case ChatEvent.ConversationReset reset when reset.Conversation.Equals(of):
                last = 0; // its numbers begin anew
                return null;
            case ChatEvent.RefusalArrived { Room: { } room } refused when Conversation.Room(room).Equals(of):
                return await session.RefuseAsync(refused.Refusal);
            case ChatEvent.LeftRoom left when Conversation.Room(left.Room).Equals(of):
                await Console.Error.WriteLineAsync(RefusalTexts.SayLeft(session.Texts, left));
                return left.Reason is LeftReason.Kicked or LeftReason.Banned ? RefusalStatus.Silenced : RefusalStatus.NotFound;
            case ChatEvent.SessionEnded end:
                await Console.Error.WriteLineAsync(RefusalTexts.SayEnd(session.Texts, end));
                return RefusalStatus.Of(end.Reason);
            default:
                return null;
        }
    }
}
