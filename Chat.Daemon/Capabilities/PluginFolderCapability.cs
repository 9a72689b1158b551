using Chat.Daemon.Configuration;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPluginFolder"/>
/// <param name="plugin">Its id, which has no character that a path could not have.</param>
internal sealed class PluginFolderCapability(string plugin, OptionsSource options) : IPluginFolder
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string path = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(options.Current.DataFolder, "plugin-files", plugin.ToLowerInvariant()));

    public string Path => (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOwner))
        .FullName;
}
