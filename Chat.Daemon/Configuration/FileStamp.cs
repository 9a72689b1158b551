using System.Globalization;

namespace Chat.Daemon.Configuration;

/// <summary>What a file looks like from outside: another one after each change. Nothing is opened.</summary>
internal static class FileStamp
{
    public static string Of(string path)
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
}
