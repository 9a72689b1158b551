namespace Chat.Daemon.Storage.Files;

/// <summary>Whether a copy fits on a disk, before it is begun.</summary>
internal static class DiskRoom
{
    /// <returns>The free bytes if they are too few, or null. Null also if the free space is unknown; then the write itself fails.</returns>
    public static long? TooLittle(string folder, long needed)
    {
        try
        {
            return Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace is var free && free < needed ? free : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a network share on Windows has no drive, for example
        }
    }
}
