using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Finds users by their names.</summary>
internal sealed class UserDirectory(SessionRegistry registry, Credentials accounts)
{
    /// <summary>The guest who bears the name now, else the account of that name; null where there is neither.</summary>
    public async ValueTask<ChatUser?> FindAsync(UserName name, CancellationToken cancellation)
    {
        if (registry.BearerOf(name) is { } session) return session.User;
        if (await accounts.FindAsync(name, cancellation) is not { } account) return null;
        return new ChatUser(Identity.OfAccount(account.Id), account.Name, account.Role);
    }
}
