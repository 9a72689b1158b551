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

    /// <summary>Accounts, and connected guests, with the number of their connections: connected users first, then by name.</summary>
    /// <param name="text">A part of the name.</param>
    public async ValueTask<IReadOnlyList<(ChatUser User, int Connections)>> SearchAsync(
        string text, int limit, CancellationToken cancellation)
    {
        if (text.Contains('\uFFFE')) return []; // in no name, and Normalize rejects it
        var part = UserName.TryParse(text, out var name) ? name.Key : text.Normalize().ToLowerInvariant();
        var online = sessionRegistry.Attached().Where(session => session.Name.Key.Contains(part, StringComparison.Ordinal))
            .GroupBy(session => session.Identity).Select(one => (one.First().User, Connections: one.Count())).ToList();
        var known = online.Select(one => one.User.Identity).ToHashSet();
        var stored = await credentials.SearchAsync(part, limit, cancellation);
        var offline = stored.Where(account => !known.Contains(account.Identity)).Select(account => (User: account, Connections: 0));
        return [.. online.OrderBy(one => one.User.Name.Key, StringComparer.Ordinal).Concat(offline).Take(limit)];
    }
}
