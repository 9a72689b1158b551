namespace CrashChecker.Disks;

/// <summary>A way in which a disk misbehaves.</summary>
/// <param name="Rules">For the preloaded library; <c>Shim/faults.c</c> explains them. <c>{0}</c> is a number that the seed chooses.</param>
/// <param name="LastsUntilEnd">It goes on while the daemon stops or is killed.</param>
internal sealed record DiskFault(string Name, string Rules, bool LastsUntilEnd = false)
{
    public static IReadOnlyList<DiskFault> UnderLoad { get; } =
    [
        new("full for a while", "write *-wal {0} 20 error ENOSPC"),
        new("full until the end", "write * {0} -1 error ENOSPC", LastsUntilEnd: true),
        new("writes fail", "write *-wal {0} 3 error EIO"),
        new("syncs fail", "sync *-wal {0} 3 error EIO"),
        new("writes and syncs fail until the end", "write *-wal {0} -1 error EIO\nsync * {0} -1 error EIO", LastsUntilEnd: true),
        new("checkpoints cannot write", "write */chat.db 0 -1 error EIO", LastsUntilEnd: true),
        new("checkpoints cannot sync", "sync */chat.db 0 -1 error EIO", LastsUntilEnd: true),
        new("writes half", "write * 0 -1 short"),
        new("slow", "write * 0 -1 delay 1\nsync * 0 -1 delay 25"),
    ];

    public static IReadOnlyList<DiskFault> AtStart { get; } =
    [
        new("no file opens", "open */chat.db* 0 -1 error EIO"),
        new("full at the start", "write * 0 -1 error ENOSPC"),
        new("no sync at the start", "sync * 0 -1 error EIO"),
    ];
}
