namespace Chat;

/// <summary>Gives the plugin accounts of its own, to write messages at any time. A message of a bot is like any other.</summary>
public interface IBots
{
    /// <summary>
    /// The plugin's account of that name. The first call creates it, as a member's. Nobody can log in to it; an admin may give it another
    /// role, mute it or erase it.
    /// </summary>
    /// <exception cref="RefusalException">
    /// <c>bad_name</c>; or <c>name_taken</c>: the name is another's, or looks like it.
    /// </exception>
    Task<IBot> EnsureAsync(string name, CancellationToken cancellation);
}
