namespace Chat;

/// <summary>Hands state from one version of a plugin to the next. One instance per load.</summary>
/// <remarks>
/// The new version answers calls before it gets the state. Keep anything it cannot start without in <see cref="IStorage"/>.
/// </remarks>
public interface IHandover
{
    /// <summary>
    /// Called after a newer version took over and the last invocation ended. Not called when the plugin is removed or the daemon stops.
    /// </summary>
    /// <param name="cancellation">Cancelled after 5 s.</param>
    /// <returns>Up to 1 MiB, in a format that other versions can read; null to hand over nothing.</returns>
    ValueTask<byte[]?> SaveAsync(CancellationToken cancellation);

    /// <param name="state">The bytes that the previous version saved.</param>
    /// <param name="cancellation">Cancelled after 5 s.</param>
    ValueTask RestoreAsync(byte[] state, CancellationToken cancellation);
}
