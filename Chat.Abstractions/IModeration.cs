namespace Chat;

/// <summary>Removes, bans and silences. Rank is the declaration's matter (<see cref="ParameterDescriptor.Outranked"/>); who did it, and why, is kept.</summary>
public interface IModeration
{
    /// <summary>Out of the room, free to come back.</summary>
    /// <exception cref="RefusalException"><c>not_in_room</c>.</exception>
    Task KickAsync(Room room, User user, string reason, CancellationToken cancellation);

    /// <summary>The account, or the guest's name together with its network; connections end with <c>bye</c> <c>banned</c>.</summary>
    /// <param name="duration">Null: until it is taken back.</param>
    Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation);

    /// <summary>Keeps out whoever ranks below the caller; accounts of its role and above still come from there.</summary>
    /// <param name="network">An address, or a prefix such as <c>203.0.113.0/24</c>.</param>
    /// <exception cref="RefusalException"><c>bad_arguments</c>: neither; <c>forbidden</c>: the caller's own address is in it.</exception>
    Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation);

    /// <param name="target">A user's name or a network, as it was banned.</param>
    /// <returns>False where no such ban stands.</returns>
    Task<bool> UnbanAsync(string target, CancellationToken cancellation);

    /// <summary>Its messages are refused with <c>muted</c>, in all rooms where <paramref name="room"/> is null.</summary>
    Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation);

    /// <returns>False where it was not muted there.</returns>
    Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation);
}
