using System.Diagnostics;
using System.Text;

namespace Chat.Cli.Tests;

/// <summary>Runs the built client in a pseudoterminal, which script(1) from Linux provides.</summary>
internal sealed class TerminalProcess : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo state = Directory.CreateTempSubdirectory("chat-test-");
    private readonly Process process;
    private readonly Task reading;
    private readonly Lock gate = new();
    private readonly StringBuilder shown = new();

    /// <param name="typedAhead">Keys pressed before the client starts.</param>
    public TerminalProcess(string arguments, string typedAhead = "")
    {
        if (!File.Exists(Script)) Assert.Inconclusive($"{Script} from util-linux is missing.");
        var start = new ProcessStartInfo(Script, ["-qfec", $"sleep 0.5; exec {ClientProgram.Command} {arguments}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (start.Environment["XDG_STATE_HOME"], start.Environment["XDG_CONFIG_HOME"]) = (state.FullName, state.FullName);
        (start.Environment["LC_ALL"], start.Environment["TERM"]) = ("C.UTF-8", "xterm");
        process = Process.Start(start)!;
        reading = ReadAsync();
        Type(typedAhead);
    }

    public string Shown
    {
        get
        {
            lock (gate) return shown.ToString();
        }
    }

    public void Type(string keys)
    {
        process.StandardInput.Write(keys);
        process.StandardInput.Flush();
    }

    public async Task UntilShownAsync(string text)
    {
        for (var since = Stopwatch.StartNew(); !Shown.Contains(text, StringComparison.Ordinal); await Task.Delay(20))
            if (since.Elapsed > Deadline || reading.IsCompleted) Assert.Fail($"\"{text}\" is not shown: {Shown}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await reading.WaitAsync(Deadline);
        process.Dispose();
        state.Delete(recursive: true);
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4_096];
        while (await process.StandardOutput.ReadAsync(buffer) is var count and > 0)
            lock (gate) shown.Append(buffer, 0, count);
    }
}
