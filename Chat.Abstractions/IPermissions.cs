namespace Chat;

/// <summary>Which role has which permission: as declared, as the settings say, and as was decided while the daemon ran, which wins and is kept.</summary>
public interface IPermissions
{
    /// <summary>All that commands and plain messages need, by name, with what holds everywhere and in which rooms something else does.</summary>
    ValueTask<IReadOnlyList<PermissionRule>> ListAsync(CancellationToken cancellation);

    /// <summary>Holds from the next check on.</summary>
    /// <param name="minimumRole">The lowest role that has it.</param>
    /// <param name="room">Null: everywhere where no room has a rule of its own.</param>
    /// <exception cref="RefusalException"><c>bad_arguments</c>: nothing asks for such a permission; <c>forbidden</c>: it stands above the caller's own role, or would.</exception>
    Task SetAsync(string permission, Role minimumRole, Room? room, CancellationToken cancellation);

    /// <summary>Back to what settings and declaration say.</summary>
    /// <returns>False where nothing else was decided.</returns>
    /// <exception cref="RefusalException">As for <see cref="SetAsync"/>.</exception>
    Task<bool> ResetAsync(string permission, Room? room, CancellationToken cancellation);
}

/// <param name="Room">Null: everywhere.</param>
/// <param name="MinimumRole">The lowest role that has it.</param>
/// <param name="Source"><c>declared</c>, <c>settings</c>, or <c>decided</c> while the daemon ran.</param>
public sealed record PermissionRule(string Permission, Room? Room, Role MinimumRole, string Source);
