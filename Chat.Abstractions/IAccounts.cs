namespace Chat;

/// <summary>Durable identities. Hashing of passwords waits its turn, so these may take longer than other capabilities.</summary>
public interface IAccounts
{
    /// <summary>Null for a name that nobody registered.</summary>
    ValueTask<User?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Holds from the next check on, in sessions that are open too.</summary>
    /// <exception cref="RefusalException"><c>no_such_user</c>: a guest has no role to change; <c>forbidden</c>: above the caller's own, or the last admin.</exception>
    Task SetRoleAsync(User user, Role role, CancellationToken cancellation);

    /// <exception cref="RefusalException"><c>name_taken</c>, <c>bad_name</c>, <c>bad_arguments</c>: the password is too weak.</exception>
    Task<User> CreateAsync(string name, string password, Role role, CancellationToken cancellation);

    /// <returns>A code that registers one account, once.</returns>
    Task<string> InviteAsync(TimeSpan validFor, CancellationToken cancellation);

    /// <summary>Of the caller itself; its other sessions end.</summary>
    /// <exception cref="RefusalException"><c>wrong_password</c>, <c>bad_arguments</c>.</exception>
    Task ChangePasswordAsync(string current, string replacement, CancellationToken cancellation);
}
