using System.Runtime.InteropServices;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Cancels its token on Ctrl-C, on a signal or when the terminal closes, so that <c>chatd dev</c> can clean up.</summary>
internal sealed class TerminationSignal : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] signals;

    public TerminationSignal(CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        signals =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
        ];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
