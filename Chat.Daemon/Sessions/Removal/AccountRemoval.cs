using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions.Removal;

/// <summary>Erases accounts, connected or not. Safe from any thread.</summary>
internal sealed class AccountRemoval(
    SessionRegistry sessionRegistry, AccountSessions accountSessions, AccountErasure erasure, FirstAdmin firstAdmin, TimeProvider time)
{
    /// <summary>How long to wait for messages that the account's connections have begun to store.</summary>
    private static readonly TimeSpan AppendTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Deletes the account, ends its sessions, and begins to erase the rest. The name is free when this returns, and not before: what
    /// another of that name writes must not be erased.
    /// </summary>
    /// <returns>False if it is the last admin.</returns>
    public async Task<bool> RemoveAsync(AccountKey account, bool texts)
    {
        var claim = new object();
        if (UserName.TryParse(account.Name, out var name)) sessionRegistry.TryClaim(name, claim);
        try
        {
            if (!await erasure.BeginAsync(account, texts)) return false;
            try
            {
                if (account.NameKey == FirstAdmin.NameKey) firstAdmin.Forget();
                await EndSessionsAsync(account);
            }
            finally
            {
                await erasure.ReleaseAsync(account, texts); // whatever failed, the account is gone: nobody could order this again
            }
            return true;
        }
        finally
        {
            if (name is not null) sessionRegistry.Unclaim(name, claim);
        }
    }

    private async Task EndSessionsAsync(AccountKey account)
    {
        var live = sessionRegistry.SessionsOf(Identity.OfAccount(account.Number)); // a later login finds no account
        var stored = Task.WhenAll(live.Select(session => StoredAsync(session, sessionRegistry.CurrentOf(session))));
        await accountSessions.EndOthersAsync(account.Number, kept: null);
        await Task.WhenAny(stored, Task.Delay(AppendTime, time));
    }

    private static async Task StoredAsync(Session session, Attachment? connection)
    {
        if (connection is not null) await connection.Detached;
        await session.Appends.WhenEmpty();
    }
}
