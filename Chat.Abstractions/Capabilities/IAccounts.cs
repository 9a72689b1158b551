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
}
