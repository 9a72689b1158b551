using System.Diagnostics;

namespace Chat.Cli.Tests;

/// <summary>Runs the built client in tmux, which shows what a user would see.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    private readonly string socket = $"chat-test-{Guid.NewGuid():N}";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");

    private Tmux()
    {
    }

    /// <param name="environment">As for env(1), such as <c>NO_COLOR=1</c>.</param>
    public static async Task<Tmux> StartAsync(string arguments, int width = 80, int height = 24, string environment = "")
    {
        var tmux = new Tmux();
        var program = Path.Combine(AppContext.BaseDirectory, "chat.dll");
        var command = $"env LC_ALL=C.UTF-8 XDG_STATE_HOME={tmux.folder.FullName} XDG_CONFIG_HOME={tmux.folder.FullName} {environment} "
            + $"dotnet {program} {arguments}";
        await tmux.RunAsync("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", command);
        await tmux.RunAsync("set", "-g", "window-size", "manual");
        return tmux;
    }

    /// <summary>Keys by their tmux names, such as <c>Enter</c> or <c>M-n</c>; other texts as they are.</summary>
    public Task PressAsync(params string[] keys) => RunAsync(["send-keys", .. keys]);

    public async Task TypeAsync(string line)
    {
        await RunAsync("send-keys", "-l", line);
        await PressAsync("Enter");
    }

    /// <summary>As a terminal with bracketed paste does.</summary>
    public async Task PasteAsync(string text)
    {
        await RunAsync("set-buffer", text);
        await RunAsync("paste-buffer", "-p");
    }

    public Task ResizeAsync(int width, int height) => RunAsync("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>The visible rows.</summary>
    /// <param name="withColours">Keeps colour sequences.</param>
    public Task<string> ShownAsync(bool withColours = false) =>
        withColours ? RunAsync("capture-pane", "-p", "-e") : RunAsync("capture-pane", "-p");

    public Task UntilShownAsync(string text) => UntilAsync(shown => shown.Contains(text, StringComparison.Ordinal), text);

    public async Task<string> UntilAsync(Predicate<string> wanted, string what)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var shown = await ShownAsync();
            if (wanted(shown)) return shown;
            if (since.Elapsed > Deadline) Assert.Fail($"\"{what}\" is not shown:\n{shown}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("kill-server");
        folder.Delete(recursive: true);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-L", socket, .. arguments]) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Deadline);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("tmux is missing.");
            throw;
        }
    }
}
