using System.Text;

namespace Chat.Daemon.Tests;

/// <summary>The files of a data folder as bytes, with their gaps and free pages, also while a daemon writes them.</summary>
internal static class StoredBytes
{
    /// <returns>Those that contain the text.</returns>
    public static IEnumerable<string> With(string text, string folder, string pattern = "*.db*")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => Read(path).AsSpan().IndexOf(bytes) >= 0);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]; // it may have become shorter
    }
}
