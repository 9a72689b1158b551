namespace Chat.TestKit;

/// <summary>A running daemon, in this process or in another.</summary>
public interface IDaemonUnderTest
{
    /// <summary>The TCP port on the loopback address; a restart may change it.</summary>
    int Port { get; }

    /// <summary>Stops it normally and starts it again on the same data.</summary>
    Task RestartAsync();

    /// <summary>Completes when search finds every message that was echoed, and nothing that was deleted.</summary>
    Task IndexAsync() => throw new NotSupportedException("Only a daemon in this process tells when it has indexed.");
}
