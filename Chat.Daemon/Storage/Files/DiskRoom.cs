namespace Chat.Daemon.Storage.Files;

/// <summary>The free space of disks: whether a copy fits, before it is begun.</summary>
internal static class DiskRoom
{
    /// <returns>The free bytes if they are too few, or null. Null also if the free space is unknown; then the write itself fails.</returns>
    public static long? TooLittle(string folder, long needed) =>
        Directory.Exists(folder) && Free(folder) is { } free && free < needed ? free : null;

    /// <returns>Null if it is unknown.</returns>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a network share on Windows has no drive, for example
        }
    }
}
