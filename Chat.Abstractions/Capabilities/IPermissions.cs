namespace Chat;

/// <summary>
/// Which role has which permission. A rule set here is durable, and overrides the operator's settings and the plugins' declarations.
/// </summary>
public interface IPermissions
{
    /// <summary>The rules of all permissions, in the order of their names: the general rule, then the rules of single rooms.</summary>
    ValueTask<IReadOnlyList<PermissionRule>> ListAsync(CancellationToken cancellation);

    /// <summary>Takes effect at the next permission check.</summary>
    /// <param name="minimumRole">The lowest role that has the permission.</param>
    /// <param name="room">Null for every room without a rule of its own.</param>
    /// <exception cref="RefusalException">
    /// <c>bad_arguments</c>: no command or message needs this permission; <c>forbidden</c>: the current or the new role is above the
    /// caller's own.
    /// </exception>
    Task SetAsync(string permission, Role minimumRole, Room? room, CancellationToken cancellation);

    /// <summary>Removes the rule, so that the settings and declarations apply again.</summary>
    /// <returns>False if there is no such rule.</returns>
    /// <inheritdoc cref="SetAsync" path="/exception"/>
    Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation);
}
