namespace Chat;

/// <summary>
/// The users that the caller, who needs an account, does not want to hear from. Their direct messages are refused with <c>rejected</c>;
/// in rooms, clients fold their lines.
/// </summary>
public interface IBlocks
{
    /// <summary>Blocks an account, or a guest's session. Of no effect if it is blocked already.</summary>
    /// <exception cref="RefusalException">
    /// <c>forbidden</c>: the caller is a guest; <c>bad_arguments</c>: it is the caller; <c>quota_exceeded</c>: 200 are blocked.
    /// </exception>
    Task BlockAsync(User user, CancellationToken cancellation);

    /// <returns>False if nobody of that name is blocked.</returns>
    /// <exception cref="RefusalException"><c>forbidden</c>: the caller is a guest.</exception>
    Task<bool> UnblockAsync(string name, CancellationToken cancellation);

    /// <summary>The names, in the order in which they were blocked.</summary>
    /// <exception cref="RefusalException"><c>forbidden</c>: the caller is a guest.</exception>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellation);
}
