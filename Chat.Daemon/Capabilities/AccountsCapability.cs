using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IAccounts"/>
internal sealed class AccountsCapability(
    Attachment caller, Credentials credentials, SessionRegistry sessionRegistry, SessionDirectory sessionDirectory, TimeProvider time)
    : IAccounts
{
    public async ValueTask<User?> FindAsync(string name, CancellationToken cancellation) =>
        UserName.TryParse(name, out var parsed) && await credentials.FindAsync(parsed, cancellation) is { } account
            ? UserOf(account)
            : null;

    public async Task SetRoleAsync(User user, Role role, CancellationToken cancellation)
    {
        if (role == Role.Guest || !UserName.TryParse(user.Name, out var name) || new Identity(user.Id).IsGuest)
            throw Refused(RefusalCode.NoSuchUser);
        var account = await credentials.FindAsync(name, cancellation) ?? throw Refused(RefusalCode.NoSuchUser);
        if (role > caller.User.Role || account.Role > caller.User.Role) throw Refused(RefusalCode.Forbidden);
        if (!await credentials.SetRoleAsync(account.Id, role)) throw Refused(RefusalCode.Forbidden);
        foreach (var session in sessionRegistry.SessionsOf(Identity.OfAccount(account.Id)))
            await sessionDirectory.RefreshRoleAsync(session, CancellationToken.None);
    }

    public async Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation)
    {
        if (!UserName.TryParse(name, out var parsed) || parsed.IsReserved) throw Refused(RefusalCode.BadName);
        if (role == Role.Guest) throw Refused(RefusalCode.BadArguments);
        if (role > caller.User.Role) throw Refused(RefusalCode.Forbidden);
        var claim = new object();
        if (!sessionRegistry.TryClaim(parsed, claim)) throw Refused(RefusalCode.NameTaken);
        try
        {
            if (await credentials.CreateAsync(parsed, password, role, null, cancellation) is { } refusal) throw PasswordRefused(refusal);
        }
        finally
        {
            sessionRegistry.Unclaim(parsed, claim);
        }
        return await FindAsync(name, cancellation) ?? throw Refused(RefusalCode.NoSuchUser);
    }

    public Task<string> InviteAsync(TimeSpan validFor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return credentials.InviteAsync(caller.User.Identity.Key, time.GetUtcNow() + validFor);
    }

    public async Task ChangePasswordAsync(string current, string replacement, CancellationToken cancellation)
    {
        if (caller.Session.Account is not { } number || await credentials.FindAsync(number, cancellation) is not { } account)
            throw Refused(RefusalCode.Forbidden);
        if (await credentials.ChangePasswordAsync(account, current, replacement, caller.Connection.Address, cancellation) is { } refusal)
            throw PasswordRefused(refusal);
        await sessionDirectory.EndOthersAsync(caller.Session);
    }

    private static User UserOf(Account account) => new(Identity.OfAccount(account.Id).Key, account.Name.Text, account.Role);

    private RefusalException PasswordRefused(string code) => new(code, caller.Texts.OfPassword(code, credentials.PasswordMinimum));

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
