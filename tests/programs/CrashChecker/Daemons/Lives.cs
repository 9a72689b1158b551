using CrashChecker.Judging;

namespace CrashChecker.Daemons;

/// <summary>The daemon's runs, one after the other, on one folder.</summary>
internal sealed class Lives(Func<DaemonLaunch> launch, Action<FindingKind, string> report) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DaemonProcess? process;

    public DaemonProcess Current => process ?? throw new InvalidOperationException("the daemon was not started");

    public DaemonLaunch Launch => launch();

    public int Starts { get; private set; }

    /// <summary>How long the last complete start took.</summary>
    public TimeSpan StartTime { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>Errors that the daemon logged, by their text without numbers.</summary>
    public SortedDictionary<string, int> LoggedErrors { get; } = [];

    /// <summary>Waits until it listens.</summary>
    public Task<int> PortAsync(CancellationToken cancellation) => Volatile.Read(ref port).Task.WaitAsync(cancellation);

    /// <summary>Starts it, without waiting.</summary>
    public void Begin()
    {
        process = new DaemonProcess(launch());
        Starts++;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <returns>False, after a report, if it does not come up.</returns>
    public async Task<bool> StartAsync()
    {
        var began = System.Diagnostics.Stopwatch.StartNew();
        Begin();
        await Task.WhenAny(Current.Port, Current.Exited, Task.Delay(Deadline));
        if (!Current.Port.IsCompleted)
        {
            report(FindingKind.Unusable, $"the daemon did not start: {Current.LastLines}");
            return false;
        }
        StartTime = began.Elapsed;
        Volatile.Read(ref port).TrySetResult(await Current.Port);
        return true;
    }

    /// <summary>Kills it.</summary>
    /// <returns>False if it had ended by itself.</returns>
    public async Task<bool> KillAsync()
    {
        Close();
        var isKilled = await Current.KillAsync();
        if (!isKilled && Current.ExitCode != 0)
            report(FindingKind.Unusable, $"the daemon ended by itself with status {Current.ExitCode}: {Current.LastLines}");
        await NoteEndAsync();
        return isKilled;
    }

    /// <summary>Stops it with SIGTERM; it must end with status 0.</summary>
    public async Task StopAsync()
    {
        Close();
        Current.Terminate();
        await ExpectEndAsync();
    }

    /// <summary>Waits for an end that something else caused; it must be with status 0.</summary>
    public async Task ExpectEndAsync()
    {
        await Task.WhenAny(Current.Exited, Task.Delay(Deadline));
        if (!Current.Exited.IsCompleted) report(FindingKind.Unusable, $"the daemon did not stop: {Current.LastLines}");
        else if (Current.ExitCode != 0)
            report(FindingKind.Unusable, $"the daemon stopped with status {Current.ExitCode}: {Current.LastLines}");
        await NoteEndAsync();
    }

    public void Dispose() => process?.Dispose();

    /// <summary>From here on, clients wait for the next start. Those that wait already must not be forgotten.</summary>
    private void Close()
    {
        if (port.Task.IsCompleted) Volatile.Write(ref port, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private async Task NoteEndAsync()
    {
        await Current.KillAsync();
        foreach (var error in Current.Errors)
        {
            var text = new string([.. error[(error.IndexOf(' ', StringComparison.Ordinal) + 1)..].Where(c => !char.IsAsciiDigit(c))]);
            LoggedErrors[text] = LoggedErrors.GetValueOrDefault(text) + 1;
        }
        Current.Dispose();
    }
}
