using Chat.Client;

namespace Chat.Cli.Tests;

internal static class Clients
{
    /// <summary>Reconnects with short delays.</summary>
    public static ChatClientOptions Options(int port) =>
        new() { Port = port, ReconnectDelayFirst = TimeSpan.FromMilliseconds(1), ReconnectDelayLongest = TimeSpan.FromMilliseconds(20) };
}
