namespace Chat.Daemon.Storage;

/// <summary>The daemon cannot start with this data folder. The operator can fix that.</summary>
/// <param name="status">The program's exit status.</param>
/// <param name="say">One sentence that says what is wrong and what to do.</param>
internal abstract class StorageUnusableException(int status, Func<StorageTexts, string> say, Exception? inner)
    : Exception(say(new StorageTexts("en")), inner)
{
    public int Status => status;

    /// <summary>The message in the language of the program.</summary>
    public string In(string language) => say(new StorageTexts(language));
}
