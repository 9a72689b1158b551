using Chat.Daemon.Configuration;
using Chat.Daemon.History;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon;

/// <summary>Opens the database as a start would, for <c>chatd check --data</c>.</summary>
internal static class DatabaseCheck
{
    /// <returns>What is wrong and what to do; null if it is well, or if there is none yet.</returns>
    public static string? Problem(string dataFolder)
    {
        if (!File.Exists(Path.Combine(dataFolder, "chat.db"))) return null;
        try
        {
            using var folder = DataFolder.Open(dataFolder);
            ChatDatabase.Open(folder, Durability.Normal, NullLogger<SqliteWriter>.Instance).DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e) when (e is DataFolderInUseException or DatabaseUnusableException)
        {
            return e.Message;
        }
    }
}
