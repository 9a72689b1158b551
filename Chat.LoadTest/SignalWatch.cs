using System.Runtime.InteropServices;

namespace Chat.LoadTest;

/// <summary>Turns Ctrl-C, SIGTERM and SIGHUP into an early end with a report.</summary>
internal sealed class SignalWatch : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource interrupted = new();
    private readonly PosixSignalRegistration[] registrations;

    public SignalWatch() => registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];

    public CancellationToken Interrupted => interrupted.Token;

    public void Dispose()
    {
        // Not the token source: a signal that is being handled now may still cancel it.
        foreach (var registration in registrations) registration.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        interrupted.Cancel();
    }
}
