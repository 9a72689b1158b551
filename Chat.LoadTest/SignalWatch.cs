using System.Runtime.InteropServices;

namespace Chat.LoadTest;

/// <summary>The first Ctrl-C, SIGTERM or closed terminal ends the run and brings its report.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly CancellationTokenSource interrupted = new();
    private readonly PosixSignalRegistration[] registrations;

    public SignalWatch() =>
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interrupted.Cancel();
        }))];

    public CancellationToken Interrupted => interrupted.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose(); // a signal may be on its way yet: what it cancels is not disposed of
    }
}
