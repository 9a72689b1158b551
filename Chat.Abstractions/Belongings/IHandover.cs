namespace Chat;

/// <summary>Has state that the version which takes over goes on with. One object a plugin's life.</summary>
/// <remarks>By then the new version serves already: it has answered calls without that state. What must never be missing belongs into <c>IStorage</c>.</remarks>
public interface IHandover
{
    /// <summary>Called when the last invocation has ended and another version has taken over; not at a removal or at the daemon's end.</summary>
    /// <param name="cancellation">After 5 s.</param>
    /// <returns>At most 1 MiB, in a form that other versions can read; null: nothing.</returns>
    ValueTask<byte[]?> SaveAsync(CancellationToken cancellation);

    /// <param name="state">What the version before saved.</param>
    /// <param name="cancellation">After 5 s.</param>
    ValueTask RestoreAsync(byte[] state, CancellationToken cancellation);
}
