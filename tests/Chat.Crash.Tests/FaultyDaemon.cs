using Chat.TestKit;
using CrashChecker.Disks;

namespace Chat.Crash.Tests;

/// <summary>The built daemon, whose calls on its data folder can be made to fail, and whose clock can be set.</summary>
internal sealed class FaultyDaemon : IAsyncDisposable
{
    public const string AdminPassword = "correct horse";

    private readonly FaultControl control;

    private FaultyDaemon(ProcessDaemon process) =>
        (Process, control) = (process, new FaultControl(Path.Combine(process.Folder, "faults")));

    public ProcessDaemon Process { get; }

    public string Data => Path.Combine(Process.Folder, "data");

    public static Task<FaultyDaemon> StartAsync() => StartAsync($"--Chat:Admin:Password={AdminPassword}", "--Chat:Language=en");

    public static async Task<FaultyDaemon> StartAsync(params string[] arguments)
    {
        var shim = await Runs.ShimAsync();
        return new FaultyDaemon(await ProcessDaemon.StartAsync(folder =>
        {
            var start = BuiltDaemon.Launch(folder, arguments);
            var data = Path.Combine(folder.FullName, "data");
            start.Environment["LANG"] = "en_US.UTF-8"; // the language of the program
            var clock = Path.Combine(folder.FullName, "clock");
            if (!File.Exists(clock)) File.WriteAllBytes(clock, new byte[sizeof(long)]);
            start.Environment["CHAT_SHIM_CLOCK"] = clock;
            foreach (var (name, value) in shim.Environment(data, trace: null, Path.Combine(folder.FullName, "faults")))
                start.Environment[name] = value;
            return start;
        }));
    }

    /// <param name="rules">As <c>Shim/faults.c</c> explains them.</param>
    public void Fail(string rules) => control.Apply(new DiskFault("", rules), 0);

    public void Mend() => control.Clear();

    /// <summary>Sets the daemon's clock, as <c>date -s</c> would.</summary>
    /// <param name="ahead">How much it is ahead of the right time, from now on.</param>
    public void SetClock(TimeSpan ahead)
    {
        using var file = File.Open(Path.Combine(Process.Folder, "clock"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes(ahead.Ticks * TimeSpan.NanosecondsPerTick));
    }

    public Task<TestClient> ConnectAsync(string name = "client") => TestClient.ConnectAsync(Process.Port, name);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
