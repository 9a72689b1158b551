namespace Chat;

/// <summary>
/// A folder of the plugin's own in the daemon's data folder, for files: a cache, a database. The next version keeps it, and so does a
/// removal of the plugin. <c>chatd backup</c> does not copy it. What belongs to a user is better kept in <see cref="IStorage"/>, where it
/// is exported and erased with the account.
/// </summary>
public interface IPluginFolder
{
    /// <summary>The full path. The folder exists once this has been read.</summary>
    string Path { get; }
}
