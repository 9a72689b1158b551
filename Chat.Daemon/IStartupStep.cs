namespace Chat.Daemon;

/// <summary>
/// What must be done before the daemon accepts connections. Steps run one after another, in the order of their registration.
/// </summary>
internal interface IStartupStep
{
    /// <exception cref="Diagnostics.StartupException">The daemon cannot start, and the operator can fix the cause.</exception>
    Task RunAsync(CancellationToken cancellation);
}
