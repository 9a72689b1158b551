namespace Chat.TestKit;

/// <summary>A running daemon, in this process or in another.</summary>
public interface IDaemonUnderTest
{
    /// <summary>Where it takes TCP connections on the loopback address; may change with a restart.</summary>
    int Port { get; }

    /// <summary>Stops it cleanly and starts it again over the same data.</summary>
    Task RestartAsync();
}
