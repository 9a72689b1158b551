namespace Chat;

/// <summary>Accounts. Password hashing is queued, so calls that take a password may be slow.</summary>
public interface IAccounts
{
    /// <summary>Null if no account has this name.</summary>
    ValueTask<User?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Takes effect at the next permission check, also in open sessions.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_user</c>: the user is a guest, who has no role to change; <c>forbidden</c>: the current or the new role is above the
    /// caller's own, or the user is the last admin.
    /// </exception>
    Task SetRoleAsync(User user, Role role, CancellationToken cancellation);

    /// <exception cref="RefusalException"><c>name_taken</c>, <c>bad_name</c>, <c>bad_arguments</c>: the password is too weak.</exception>
    Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation);

    /// <returns>A code that registers one account, once.</returns>
    Task<string> InviteAsync(TimeSpan validFor, CancellationToken cancellation);

    /// <summary>Changes the caller's own password, and ends the caller's other sessions.</summary>
    /// <exception cref="RefusalException"><c>wrong_password</c>, <c>bad_arguments</c>.</exception>
    Task ChangePasswordAsync(string current, string replacement, CancellationToken cancellation);

    /// <summary>The account's sessions: connected ones first, then those that were seen last.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_user</c>: the user is a guest; <c>forbidden</c>: the account's role is above the caller's own.
    /// </exception>
    ValueTask<IReadOnlyList<AccountSession>> ListSessionsAsync(User account, int limit, CancellationToken cancellation);

    /// <summary>Ends a session and its connection, and revokes its token.</summary>
    /// <returns>False if the account has no such session.</returns>
    /// <exception cref="RefusalException">As of <see cref="ListSessionsAsync"/>.</exception>
    Task<bool> EndSessionAsync(User account, long session, CancellationToken cancellation);

    /// <summary>Ends all sessions of the account, except the one that the command was called in.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="RefusalException">As of <see cref="ListSessionsAsync"/>.</exception>
    Task<int> EndSessionsAsync(User account, CancellationToken cancellation);
}
