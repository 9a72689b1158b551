namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds and drops the plugin, again whenever its sources change.</summary>
internal sealed class DevLoop(
    ProjectGraph projects, PluginBuild build, DevFolder folder, DevDaemon daemon, ProcessEnvironment environment)
{
    /// <summary>Returns when it is cancelled, or when an admin has stopped the daemon.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var sources = new SourceWatcher();
        try
        {
            daemon.CheckPort();
            var folders = await projects.FoldersAsync(cancellation);
            sources.Watch(folders);
            await BuildAsync(cancellation);
            await daemon.StartAsync(cancellation);
            await ShowWatchedAsync(folders);
            await WatchAsync(sources, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    /// <returns>Whether the plugin has changed.</returns>
    private async Task<bool> BuildAsync(CancellationToken cancellation)
    {
        if (!await build.RunAsync(cancellation)) return false;
        if (folder.Drop(await projects.NameAsync(cancellation))) return true;
        await environment.Output.WriteLineAsync(environment.Texts.DevSame);
        return false;
    }

    private async Task WatchAsync(SourceWatcher sources, CancellationToken cancellation)
    {
        var ended = daemon.EndedAsync();
        while (true)
        {
            var changed = sources.NextChangeAsync(cancellation);
            if (await Task.WhenAny(changed, ended) == ended) return;
            await changed;
            var folders = await projects.FoldersAsync(cancellation);
            if (sources.Watch(folders)) await ShowWatchedAsync(folders);
            if (await BuildAsync(cancellation)) await daemon.ReloadAsync().WaitAsync(cancellation);
        }
    }

    private Task ShowWatchedAsync(IEnumerable<string> folders) =>
        environment.Output.WriteLineAsync(TerminalText.Of(environment.Texts.DevWatching(string.Join(", ", folders))));
}
