using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Finds users by name, online or not.</summary>
internal sealed class UserDirectory(SessionRegistry sessionRegistry, Credentials credentials)
{
    /// <summary>Who has the name now: a guest, else its account, else nobody.</summary>
    /// <param name="account">The account of that name, or null.</param>
    public Identity? OwnerOf(UserName name, long? account) =>
        sessionRegistry.GuestNamed(name)?.Identity ?? (account is { } number ? Identity.OfAccount(number) : null);

    /// <summary>The guest who has the name now, else the account of that name, else null.</summary>
    public async ValueTask<ChatUser?> FindAsync(UserName name, CancellationToken cancellation)
    {
        if (sessionRegistry.GuestNamed(name) is { } session) return session.User;
        if (await credentials.FindAsync(name, cancellation) is not { } account) return null;
        return new ChatUser(Identity.OfAccount(account.Id), account.Name, account.Role);
    }
}
