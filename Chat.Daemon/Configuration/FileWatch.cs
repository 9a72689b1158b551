using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>Tells when files change. It looks once a second instead of waiting for the kernel's word, because that one is not heard for network mounts, for swapped symbolic links (certbot, Kubernetes) and for folders that do not exist yet.</summary>
internal sealed partial class FileWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Func<IEnumerable<string>> files;
    private readonly Action changed;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private string seen;
    private string? moving;

    /// <param name="files">Asked at each look: which files may itself be a setting.</param>
    /// <param name="changed">Called on a timer's thread, never twice at a time.</param>
    public FileWatch(Func<IEnumerable<string>> files, Action changed, TimeProvider time, ILogger logger)
    {
        (this.files, this.changed, this.logger) = (files, changed, logger);
        seen = Stamp();
        timer = time.CreateTimer(_ => Look(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        try
        {
            if (HasSettled())
                changed();
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    // A file that is still being written is left alone until it looks the same twice.
    private bool HasSettled()
    {
        var now = Stamp();
        var settled = now != seen && now == moving;
        moving = now == seen || settled ? null : now;
        if (settled)
            seen = now;
        return settled;
    }

    private string Stamp() => string.Join('\n', files().Where(file => file.Length > 0).Select(StampOf));

    private static string StampOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return real.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{real.FullName} {real.LastWriteTimeUtc.Ticks} {real.Length}")
                : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    [LoggerMessage(LogLevel.Error, "A changed file could not be taken over.")]
    private partial void LogFailed(Exception exception);
}
