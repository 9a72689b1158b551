using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Chat.TestKit;

/// <summary>The built daemon as a process, in a temporary working folder that is deleted at the end.</summary>
public sealed partial class ProcessDaemon : IDaemonUnderTest, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Func<ProcessStartInfo> launch;
    private readonly DirectoryInfo folder;
    private RunningProcess? process;

    private ProcessDaemon(Func<DirectoryInfo, ProcessStartInfo> launch)
    {
        folder = Directory.CreateTempSubdirectory("chat-test-");
        this.launch = () => launch(folder);
    }

    public int Port { get; private set; }

    /// <summary>The TLS port; its arguments must turn TLS on.</summary>
    public async Task<int> TlsPortAsync() =>
        int.Parse(ListeningWithTls().Match(await Run.LineAsync(ListeningWithTls(), Deadline)).Groups["port"].ValueSpan, provider: null);

    /// <summary>The working folder; the data folder is <c>data</c> below it.</summary>
    public string Folder => folder.FullName;

    public int ProcessId => Run.Id;

    /// <summary>Standard output of the current run.</summary>
    public string Output => Run.Output;

    /// <summary>Standard error of the current run.</summary>
    public string Errors => Run.Errors;

    /// <summary>Starts <c>chatd</c> on a free port, without HTTP, and waits until it accepts connections.</summary>
    /// <param name="arguments">More arguments.</param>
    public static Task<ProcessDaemon> StartAsync(params string[] arguments) => StartAsync(folder => BuiltDaemon.Launch(folder, arguments));

    private RunningProcess Run => process ?? throw new InvalidOperationException("it has not been started");

    internal static async Task<ProcessDaemon> StartAsync(Func<DirectoryInfo, ProcessStartInfo> launch)
    {
        var daemon = new ProcessDaemon(launch);
        try
        {
            await daemon.StartAgainAsync();
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same data, after it has ended.</summary>
    public async Task StartAgainAsync()
    {
        if (process is not null) await process.DisposeAsync();
        process = new RunningProcess(launch());
        var line = await process.LineAsync(Listening(), Deadline);
        Port = int.Parse(Listening().Match(line).Groups["port"].ValueSpan, provider: null);
    }

    /// <summary>Runs another command of <c>chatd</c> on the same data, and returns its exit status.</summary>
    public async Task<int> CommandAsync(params string[] arguments)
    {
        await using var command = new RunningProcess(BuiltDaemon.Command(folder, arguments));
        return await command.ExitAsync(Deadline);
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill() => Run.Signal(9);

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => Run.Signal(15);

    /// <summary>Sends a signal by its number.</summary>
    public void Signal(int signal) => Run.Signal(signal);

    /// <summary>The first line of standard error that matches, past or future.</summary>
    public Task<string> ErrorLineAsync(Regex wanted) => Run.ErrorLineAsync(wanted, Deadline);

    /// <summary>Closes its standard input.</summary>
    public void CloseInput() => Run.CloseInput();

    /// <summary>Waits for its end and returns its exit status; 137 after <see cref="Kill"/>.</summary>
    public Task<int> ExitAsync() => Run.ExitAsync(Deadline);

    public async Task RestartAsync()
    {
        Terminate();
        var status = await ExitAsync();
        if (status != 0) throw new ExpectationException($"the daemon ended with status {status}\n{Run.Story}");
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"listening on tcp://\S+:(?<port>\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"listening on tls://\S+:(?<port>\d+)")]
    private static partial Regex ListeningWithTls();
}
