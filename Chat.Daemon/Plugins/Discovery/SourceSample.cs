using System.Globalization;
using System.Text;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>What a plugin's files look like from outside: paths, lengths, times. Nothing is opened.</summary>
internal static class SourceSample
{
    public static string Of(PluginSource source)
    {
        try
        {
            var sample = new StringBuilder();
            foreach (var file in source.Files.Order(StringComparer.Ordinal)) Add(sample, file);
            return sample.ToString();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message; // its copying will fail and tell why, if this lasts
        }
    }

    /// <summary>When something of it was last written; null where that can't be told.</summary>
    public static DateTimeOffset? TouchedAt(PluginSource source)
    {
        try
        {
            var files = source.Files.Select(File.GetLastWriteTimeUtc);
            return source.Folder is { } folder ? files.Append(Directory.GetLastWriteTimeUtc(folder)).Max() : files.DefaultIfEmpty().Max();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The time of its creation tells a file that was moved here from another of the same length and time.</summary>
    private static void Add(StringBuilder sample, string path)
    {
        var file = new FileInfo(path);
        var real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        sample.Append(CultureInfo.InvariantCulture, $"{path} {real.FullName} {real.Length} {real.LastWriteTimeUtc.Ticks} {real.CreationTimeUtc.Ticks}\n");
    }
}
