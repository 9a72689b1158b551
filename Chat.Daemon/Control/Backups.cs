using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Control;

/// <summary>Makes copies of the database in the data folder, and sends them to whoever ordered them.</summary>
internal sealed partial class Backups(StateFolder folder, Database database, TimeProvider time, ILogger<Backups> logger)
{
    /// <summary>The problem of an order that finds no room for the copy.</summary>
    public const string NoRoom = "no_room";

    private const string OnServer = "The database is on a PostgreSQL server: back it up with pg_dump, or by the server's own means.";

    private const string Prefix = "backup-";

    /// <summary>What a copy leaves free: messages come meanwhile, and the write-ahead log grows.</summary>
    private const long Reserve = 16 << 20;

    /// <summary>Deletes what a killed daemon has left.</summary>
    public void DeleteLeft()
    {
        foreach (var left in Directory.GetFiles(folder.FolderPath, Prefix + "*.db*")) File.Delete(left);
    }

    public async Task SendAsync(Stream stream, CancellationToken cancellation)
    {
        if (database is not ChatDatabase file)
        {
            await ControlFrames.WriteAsync(stream, new ControlFrames.Answer(Error: OnServer), cancellation);
            return;
        }
        var began = time.GetTimestamp();
        var needed = await file.LengthAsync(cancellation) + Reserve;
        if (DiskRoom.TooLittle(folder.FolderPath, needed) is { } free)
        {
            await ControlFrames.WriteAsync(stream, NoRoomFor(needed, free), cancellation);
            return;
        }
        var path = Path.Combine(folder.FolderPath, $"{Prefix}{Guid.NewGuid():N}.db");
        try
        {
            await file.CopyAsync(path, time, cancellation);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            // The disk has filled up since; or a quota, which the free bytes do not show.
            var answer = DiskRoom.TooLittle(folder.FolderPath, needed) is { } left
                ? NoRoomFor(needed, left)
                : new ControlFrames.Answer(Error: $"{folder.FolderPath} has no room: make room on its disk.");
            await ControlFrames.WriteAsync(stream, answer, cancellation);
            throw;
        }
        await using var copy = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.Open, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose });
        await ControlFrames.WriteAsync(stream, new ControlFrames.Answer(copy.Length), cancellation);
        await SendAsync(copy, stream, cancellation);
        LogSent(logger, copy.Length >> 20, time.GetElapsedTime(began).TotalSeconds);
    }

    private static ControlFrames.Answer NoRoomFor(long needed, long free) => new(Problem: NoRoom, Needed: needed, Free: free);

    private static async Task SendAsync(FileStream copy, Stream stream, CancellationToken cancellation)
    {
        var piece = new byte[1 << 16];
        int length;
        while ((length = await copy.ReadAsync(piece, cancellation)) > 0)
            await ControlFrames.WritePieceAsync(stream, piece.AsMemory(0, length), cancellation);
    }

    [LoggerMessage(EventId = 614, EventName = "BackupSent", Level = LogLevel.Information,
        Message = "Backup sent: {Megabytes} MB in {Seconds:0.0} s")]
    private static partial void LogSent(ILogger logger, long megabytes, double seconds);
}
