using System.Runtime.InteropServices;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds, drops, and again whenever the sources change, until it is interrupted.</summary>
internal sealed class DevLoop(PluginBuild build, DevPlace place, DevDaemon daemon, Surroundings around)
{
    public async Task RunAsync(string project, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var sources = new SourceWatch(Path.GetDirectoryName(project)!);
        try
        {
            await BuildAsync(stop.Token);
            await daemon.StartAsync(stop.Token);
            await around.Output.WriteLineAsync(Printable.Escape(around.Texts.DevWatching(Path.GetDirectoryName(project)!)));
            await FollowAsync(sources, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to end.
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<bool> BuildAsync(CancellationToken cancellation)
    {
        if (await build.RunAsync(cancellation) is not { } name) return false;
        place.Drop(name);
        return true;
    }

    /// <summary>Returns when an admin has ended the daemon.</summary>
    private async Task FollowAsync(SourceWatch sources, CancellationToken cancellation)
    {
        var ended = daemon.EndedAsync();
        while (true)
        {
            var changed = sources.NextAsync(cancellation);
            if (await Task.WhenAny(changed, ended) == ended) return;
            await changed;
            if (await BuildAsync(cancellation)) await daemon.TakeAsync();
        }
    }
}
