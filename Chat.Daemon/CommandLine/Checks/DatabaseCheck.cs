using Chat.Daemon.Storage;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Opens the database like a start, for <c>chatd check --data</c>, without changing it.</summary>
internal static class DatabaseCheck
{
    /// <returns>What is wrong and what to do; null if nothing is, or if there is no database yet.</returns>
    public static string? Problem(string dataFolder, string language)
    {
        if (!File.Exists(Path.Combine(dataFolder, "chat.db"))) return null;
        try
        {
            using var folder = StateFolder.Open(dataFolder);
            ChatDatabase.Check(folder);
            return null;
        }
        catch (StorageUnusableException e)
        {
            return e.In(language);
        }
    }
}
