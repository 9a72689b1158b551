namespace Chat;

/// <summary>Kicks, bans and mutes. The daemon records who did it and why.</summary>
/// <remarks>No method compares roles. Declare that with <c>[Outranked]</c>, or <see cref="ParameterDescriptor.Outranked"/>.</remarks>
public interface IModeration
{
    /// <summary>Removes the user from the room. They may come back.</summary>
    /// <exception cref="RefusalException"><c>not_in_room</c>.</exception>
    Task KickAsync(Room room, User user, string reason, CancellationToken cancellation);

    /// <summary>
    /// Bans an account, or a guest's name together with its network. Their connections end with <c>bye</c> <c>banned</c>.
    /// </summary>
    /// <param name="duration">Null for a ban without end.</param>
    Task BanAsync(User user, TimeSpan? duration, string reason, CancellationToken cancellation);

    /// <summary>Bans everybody from the network, except accounts with the caller's role or a higher one.</summary>
    /// <param name="network">An address, or a prefix such as <c>203.0.113.0/24</c>.</param>
    /// <param name="duration">Null for a ban without end.</param>
    /// <exception cref="RefusalException">
    /// <c>bad_arguments</c>: not an address or prefix; <c>forbidden</c>: it includes the caller's own address.
    /// </exception>
    Task BanNetworkAsync(string network, TimeSpan? duration, string reason, CancellationToken cancellation);

    /// <param name="target">The name or network that was banned.</param>
    /// <returns>False if there is no such ban.</returns>
    Task<bool> UnbanAsync(string target, CancellationToken cancellation);

    /// <summary>
    /// Refuses what the user writes with <c>muted</c>. A guest stays muted after the next login: by name and network, and for up to an hour
    /// under any name.
    /// </summary>
    /// <param name="room">Null for all rooms.</param>
    Task MuteAsync(User user, Room? room, TimeSpan duration, string reason, CancellationToken cancellation);

    /// <param name="room">Null for a mute in all rooms.</param>
    /// <returns>False if the user is not muted there.</returns>
    Task<bool> UnmuteAsync(User user, Room? room, CancellationToken cancellation);

    /// <summary>The bans that have not ended, in the order in which they were made.</summary>
    ValueTask<IReadOnlyList<BanSummary>> ListBansAsync(CancellationToken cancellation);

    /// <summary>The mutes that have not ended, by name: those everywhere, and those in the room.</summary>
    /// <param name="room">Null for those everywhere only.</param>
    ValueTask<IReadOnlyList<MuteSummary>> ListMutesAsync(Room? room, CancellationToken cancellation);
}
