using System.Runtime.InteropServices;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>What ends <c>chatd dev</c> from outside: Ctrl-C, a signal, or that its terminal is closed. It tidies up then, instead of being cut off.</summary>
internal sealed class DevInterrupt : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] signals;

    public DevInterrupt(CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        stop.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
