namespace Chat;

/// <summary>
/// The operator's settings for the plugin, from <c>Plugins/Name.json</c>. Register them with <see cref="IPluginBuilder.Settings"/>.
/// </summary>
public interface ISettings<out T> where T : class
{
    /// <summary>The last valid settings, or <c>new T()</c> if there is no file. Read it for each use: it changes with the file.</summary>
    T Current { get; }

    /// <summary>Calls <paramref name="changed"/> with each new value, one at a time.</summary>
    /// <returns>Dispose it to stop the calls.</returns>
    IDisposable OnChange(Action<T> changed);
}
