namespace Chat.Daemon.Plugins.Discovery;

/// <summary>The folders where the daemon finds plugins, and the one for its own copies of them.</summary>
/// <param name="Shipped">Beside the program; may not exist.</param>
/// <param name="Dropped">In the order of the settings; may not exist.</param>
/// <param name="Staged">Only the daemon writes there.</param>
internal sealed record PluginFolders(string Shipped, IReadOnlyList<string> Dropped, string Staged)
{
    public static PluginFolders Of(IReadOnlyList<string> dropFolders, string dataFolder) =>
        new(Path.Combine(AppContext.BaseDirectory, "Plugins"), dropFolders, Path.Combine(dataFolder, "plugins"));

    /// <summary>
    /// The plugin's settings file, <c>Name.json</c>: beside a dropped plugin. A shipped plugin's is in the first drop folder, because the
    /// operator should not have to write to the program's folder.
    /// </summary>
    public string SettingsOf(PluginSource source)
    {
        var folder = source.Origin is PluginOrigin.Dropped ? Path.GetDirectoryName(source.Path)! : Dropped.FirstOrDefault(Shipped);
        return Path.Combine(folder, source.Name + ".json");
    }
}
