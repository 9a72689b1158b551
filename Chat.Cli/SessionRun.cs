using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>A session from its welcome to the exit status, whoever it is shown to.</summary>
internal static class SessionRun
{
    /// <exception cref="OutputGoneException">Nobody can read what is shown; the session is over.</exception>
    public static async Task<int> RunAsync(Entered entered, Func<IDialogue> begin, CancellationToken ct)
    {
        try
        {
            using var dialogue = begin();
            var end = await UseAsync(entered, dialogue, ct);
            entered.Token.Heard(end?.Reason);
            if (end is not null) dialogue.SayEnd(end);
            return end?.Reason switch
            {
                null or ByeReason.Logout => dialogue.HasFailed ? ExitStatus.Refused : ExitStatus.Ok,
                ClientCode.Unreachable => ExitStatus.CannotConnect,
                _ => ExitStatus.Refused,
            };
        }
        catch (OutputGoneException)
        {
            if (await entered.TryLogoutAsync(ct)) entered.Token.Heard((await EndOfAsync(entered.Client, ct))?.Reason);
            throw;
        }
    }

    /// <summary>Null where the session goes on without this program.</summary>
    private static async Task<ChatEvent.SessionEnded?> UseAsync(Entered entered, IDialogue dialogue, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var showing = dialogue.ShowAsync(ct);
        var taking = dialogue.TakeAsync(over.Token, ct);
        if (await Task.WhenAny(showing, taking) == taking) return await taking && await entered.TryLogoutAsync(ct) ? await showing : null;
        await over.CancelAsync();
        try
        {
            await taking;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It waited for a line.
        }
        var end = await showing;
        await dialogue.SettleAsync();
        return end;
    }

    /// <summary>Nobody sees what comes before it any more.</summary>
    private static async Task<ChatEvent.SessionEnded?> EndOfAsync(ChatClient client, CancellationToken ct) =>
        await client.Events(ct).OfType<ChatEvent.SessionEnded>().FirstOrDefaultAsync(ct);
}
