namespace Chat;

/// <summary>What the operator has set for the plugin in <c>Plugins/Name.json</c>; registered by <see cref="IPluginBuilder.Settings"/>.</summary>
public interface ISettings<out T> where T : class
{
    /// <summary>As of the last file that was right; without a file what <c>new T()</c> holds. Take it anew for each use: it is replaced when the file changes.</summary>
    T Current { get; }

    /// <summary>Called with each new one, one after the other.</summary>
    /// <returns>Dispose it to hear no more.</returns>
    IDisposable OnChange(Action<T> changed);
}
