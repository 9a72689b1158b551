using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IAccounts"/>
internal sealed class AccountsCapability(
    Attachment caller, Credentials credentials, SessionRegistry sessionRegistry, AccountSessions accountSessions, TimeProvider time)
    : IAccounts
{
    public async ValueTask<User?> FindAsync(string name, CancellationToken cancellation) =>
        UserName.TryParse(name, out var parsed) && await credentials.FindAsync(parsed, cancellation) is { } account
            ? UserOf(account)
            : null;

    public async Task SetRoleAsync(User user, Role role, CancellationToken cancellation)
    {
        if (new Identity(user.Id).IsGuest) throw new RefusalException(RefusalCode.NoSuchUser, caller.Texts.GuestHasNoRole(user.Name));
        if (role == Role.Guest || !UserName.TryParse(user.Name, out var name)) throw Refused(RefusalCode.NoSuchUser);
        var account = await credentials.FindAsync(name, cancellation) ?? throw Refused(RefusalCode.NoSuchUser);
        if (role > caller.User.Role || account.Role > caller.User.Role) throw Refused(RefusalCode.Forbidden);
        if (!await credentials.SetRoleAsync(account.Id, role)) throw Refused(RefusalCode.Forbidden);
        await accountSessions.RefreshRolesAsync(account.Id);
    }

    public async Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation)
    {
        if (!UserName.TryParse(name, out var parsed)) throw Refused(RefusalCode.BadName);
        if (NewName.RefusalOf(parsed) is { } code) throw Refused(code);
        if (role == Role.Guest) throw Refused(RefusalCode.BadArguments);
        if (role > caller.User.Role) throw Refused(RefusalCode.Forbidden);
        var claim = new object();
        if (!sessionRegistry.TryClaim(parsed, claim))
            throw new RefusalException(RefusalCode.NameTaken, caller.Texts.NameOfGuest(parsed.Text));
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
        await accountSessions.EndOthersAsync(number, caller.Session);
    }

    public async ValueTask<IReadOnlyList<AccountSession>> ListSessionsAsync(User account, int limit, CancellationToken cancellation)
    {
        var sessions = await accountSessions.ListAsync(await NumberOfAsync(account, cancellation), limit, cancellation);
        return [.. sessions.Select(session => new AccountSession(
            session.Id,
            DateTimeOffset.FromUnixTimeMilliseconds(session.CreatedAtMs),
            DateTimeOffset.FromUnixTimeMilliseconds(session.SeenAtMs),
            session.Held,
            session.Id == caller.Session.Id))];
    }

    public async Task<bool> EndSessionAsync(User account, long session, CancellationToken cancellation) =>
        await accountSessions.EndAsync(await NumberOfAsync(account, cancellation), session);

    public async Task<int> EndSessionsAsync(User account, CancellationToken cancellation)
    {
        var number = await NumberOfAsync(account, cancellation);
        return await accountSessions.EndOthersAsync(number, number == caller.Session.Account ? caller.Session : null);
    }

    /// <summary>Of an account whose sessions the caller may see and end.</summary>
    private async ValueTask<long> NumberOfAsync(User user, CancellationToken cancellation)
    {
        if (!UserName.TryParse(user.Name, out var name) || new Identity(user.Id).IsGuest) throw Refused(RefusalCode.NoSuchUser);
        var account = await credentials.FindAsync(name, cancellation) ?? throw Refused(RefusalCode.NoSuchUser);
        return account.Role > caller.User.Role ? throw Refused(RefusalCode.Forbidden) : account.Id;
    }

    private static User UserOf(Account account) => new(Identity.OfAccount(account.Id).Key, account.Name.Text, account.Role);

    private RefusalException PasswordRefused(string code) => new(code, caller.Texts.OfPassword(code, credentials.PasswordMinimum));

    private RefusalException Refused(string code) => new(code, caller.Texts.Of(code));
}
