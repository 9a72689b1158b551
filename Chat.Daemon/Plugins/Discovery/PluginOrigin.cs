namespace Chat.Daemon.Plugins.Discovery;

internal enum PluginOrigin
{
    /// <summary>Came with the program.</summary>
    Shipped,

    /// <summary>Is in a folder of <c>Chat:Plugins:Folders</c>.</summary>
    Dropped,
}
