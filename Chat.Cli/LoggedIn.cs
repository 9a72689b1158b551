using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>A session after its login.</summary>
internal sealed record LoggedIn(ChatClient Client, DaemonFrame.Welcome Welcome, SavedToken Token, LoginMethod Method)
{
    /// <summary>Longest wait for the daemon's <c>bye</c>.</summary>
    private static readonly TimeSpan LogoutTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Ends the session. False if the daemon does not answer; the token then stays valid until it expires.</summary>
    public async Task<bool> TryLogoutAsync(CancellationToken ct)
    {
        try
        {
            await Client.LogoutAsync(ct).WaitAsync(LogoutTimeout, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
