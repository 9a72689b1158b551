using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Runs a session from the login to the exit status.</summary>
internal static class SessionRun
{
    /// <exception cref="OutputGoneException">Could not write the output; the session has been ended.</exception>
    public static async Task<int> RunAsync(LoggedIn loggedIn, Func<IDialogue> begin, CancellationToken ct)
    {
        try
        {
            using var dialogue = begin();
            var end = await UseAsync(loggedIn, dialogue, ct);
            loggedIn.Token.DiscardIfEnded(end?.Reason);
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
            if (await loggedIn.TryLogoutAsync(ct)) loggedIn.Token.DiscardIfEnded((await EndOfAsync(loggedIn.Client, ct))?.Reason);
            throw;
        }
    }

    /// <summary>Null if the session stays alive.</summary>
    private static async Task<ChatEvent.SessionEnded?> UseAsync(LoggedIn loggedIn, IDialogue dialogue, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var showing = dialogue.ShowAsync(ct);
        var taking = dialogue.TakeAsync(over.Token, ct);
        if (await Task.WhenAny(showing, taking) == taking) return await taking && await loggedIn.TryLogoutAsync(ct) ? await showing : null;
        await over.CancelAsync();
        try
        {
            await taking;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It was waiting for input.
        }
        var end = await showing;
        await dialogue.SettleAsync();
        return end;
    }

    /// <summary>Skips the remaining events, which nobody reads.</summary>
    private static async Task<ChatEvent.SessionEnded?> EndOfAsync(ChatClient client, CancellationToken ct) =>
        await client.Events(ct).OfType<ChatEvent.SessionEnded>().FirstOrDefaultAsync(ct);
}
