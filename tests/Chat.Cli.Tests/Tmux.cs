using System.Diagnostics;
using System.Globalization;

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

    private string RecordPath => Path.Combine(folder.FullName, "record");

    /// <param name="environment">As for env(1), such as <c>NO_COLOR=1</c>.</param>
    /// <param name="config">The configuration file; null for none.</param>
    public static async Task<Tmux> StartAsync(
        string arguments, int width = 80, int height = 24, string environment = "", string? config = null)
    {
        var tmux = new Tmux();
        var configFolder = tmux.folder.CreateSubdirectory("chat").FullName;
        if (config is not null) await File.WriteAllTextAsync(Path.Combine(configFolder, "config.json"), config);
        await tmux.StartAsync($"{environment} {ClientProgram.Command} {arguments}", width, height);
        return tmux;
    }

    /// <summary>Starts a shell that finds the client as <c>chat</c>.</summary>
    /// <param name="shell">With its options.</param>
    /// <param name="script">For the shell, as the file <c>script</c> of its working folder.</param>
    public static async Task<Tmux> StartShellAsync(string shell, string script, string config)
    {
        var tmux = new Tmux();
        var home = tmux.folder.FullName;
        await File.WriteAllTextAsync(Path.Combine(tmux.folder.CreateSubdirectory("chat").FullName, "config.json"), config);
        await File.WriteAllTextAsync(Path.Combine(home, "script"), script);
        var client = Path.Combine(tmux.folder.CreateSubdirectory("bin").FullName, "chat");
        await File.WriteAllTextAsync(client, $"#!/bin/sh\nexec {ClientProgram.Command} \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(client, (UnixFileMode)0b111_000_000);
        await tmux.StartAsync($"env -C {home} HOME={home} PATH={home}/bin:$PATH {shell}", 80, 24);
        return tmux;
    }

    private async Task StartAsync(string program, int width, int height)
    {
        var command = $"env LC_ALL=C.UTF-8 XDG_STATE_HOME={folder.FullName} XDG_CONFIG_HOME={folder.FullName} {program}";
        await RunAsync("-f", "/dev/null", "set", "-g", "history-limit", "20000", ";",
            "new-session", "-d", "-x", $"{width}", "-y", $"{height}", command);
        await RunAsync("set", "-g", "window-size", "manual");
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

    /// <summary>The visible rows and those that have scrolled away, with wrapped rows joined.</summary>
    public Task<string> TranscriptAsync() => RunAsync("capture-pane", "-p", "-J", "-S", "-");

    /// <summary>Keeps all that the client writes from now on, as a screen reader gets it.</summary>
    public Task RecordAsync() => RunAsync("pipe-pane", "-O", $"cat >>{RecordPath}");

    public Task<string> RecordedAsync() => File.ReadAllTextAsync(RecordPath);

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
        var program = await RunAsync("display-message", "-p", "#{pane_pid}"); // empty if it has ended
        await RunAsync("kill-server");
        if (int.TryParse(program, CultureInfo.InvariantCulture, out var id)) await EndedAsync(id);
        folder.Delete(recursive: true);
    }

    /// <summary>A shell that is told to end may still write its history into the folder.</summary>
    private static async Task EndedAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
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
