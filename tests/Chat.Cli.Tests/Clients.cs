using Chat.Client;

namespace Chat.Cli.Tests;

internal static class Clients
{
    /// <summary>Reconnects without the waits that are meant for people.</summary>
    public static ChatClientOptions Options(int port) =>
        new() { Port = port, BackOffFirst = TimeSpan.FromMilliseconds(1), BackOffLongest = TimeSpan.FromMilliseconds(20) };
}
