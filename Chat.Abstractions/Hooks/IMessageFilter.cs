namespace Chat;

/// <summary>Sees every message before it is numbered and stored. One instance per load, called from any thread, and concurrently.</summary>
public interface IMessageFilter
{
    /// <param name="cancellation">Cancelled at the deadline, when the sender disconnects, and when the plugin stops.</param>
    ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation);
}
