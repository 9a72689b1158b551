using Chat.Client;

namespace Chat.Cli.Tests;

internal static class Clients
{
    /// <summary>Reconnects without the waits that are meant for people.</summary>
    public static ChatClientOptions Options(int port) =>
        new() { Port = port, ReconnectDelayFirst = TimeSpan.FromMilliseconds(1), ReconnectDelayLongest = TimeSpan.FromMilliseconds(20) };
}
