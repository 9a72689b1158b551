namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds, drops, and again whenever the sources change, until it is interrupted.</summary>
internal sealed class DevLoop(ProjectGraph projects, PluginBuild build, DevPlace place, DevDaemon daemon, ProcessEnvironment around)
{
    /// <summary>Returns when it is cancelled, or an admin has ended the daemon.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var sources = new SourceWatch();
        try
        {
            daemon.CheckPort();
            var folders = await projects.FoldersAsync(cancellation);
            sources.Follow(folders);
            await BuildAsync(cancellation);
            await daemon.StartAsync(cancellation);
            await TellFollowedAsync(folders);
            await FollowAsync(sources, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was told to end.
        }
    }

    /// <returns>Whether there is something new to take.</returns>
    private async Task<bool> BuildAsync(CancellationToken cancellation)
    {
        if (!await build.RunAsync(cancellation)) return false;
        if (place.Drop(await projects.NameAsync(cancellation))) return true;
        await around.Output.WriteLineAsync(around.Texts.DevSame);
        return false;
    }

    private async Task FollowAsync(SourceWatch sources, CancellationToken cancellation)
    {
        var ended = daemon.EndedAsync();
        while (true)
        {
            var changed = sources.NextAsync(cancellation);
            if (await Task.WhenAny(changed, ended) == ended) return;
            await changed;
            var folders = await projects.FoldersAsync(cancellation);
            if (sources.Follow(folders)) await TellFollowedAsync(folders);
            if (await BuildAsync(cancellation)) await daemon.TakeAsync().WaitAsync(cancellation);
        }
    }

    private Task TellFollowedAsync(IEnumerable<string> folders) =>
        around.Output.WriteLineAsync(WorkingFolder.Shown(around.Texts.DevWatching(string.Join(", ", folders))));
}
