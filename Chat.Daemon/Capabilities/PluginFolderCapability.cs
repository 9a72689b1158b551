using Chat.Daemon.Configuration;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IPluginFolder"/>
/// <param name="plugin">Its id: ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, so it is a valid folder name.</param>
internal sealed class PluginFolderCapability(string plugin, OptionsSource options) : IPluginFolder
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string path = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(options.Current.DataFolder, "plugin-files", plugin.ToLowerInvariant()));

    public string Path => (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOwner))
        .FullName;
}
