using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>A session that was entered.</summary>
internal sealed record Entered(ChatClient Client, DaemonFrame.Welcome Welcome, KeptToken Token, LoginMethod Method)
{
    /// <summary>Longest wait for the daemon's farewell.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(10);

    /// <summary>Returns when the session is over. False where the daemon does not answer: then its token stays good until it expires.</summary>
    public async Task<bool> TryLogoutAsync(CancellationToken ct)
    {
        try
        {
            await Client.LogoutAsync(ct).WaitAsync(FarewellTime, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
