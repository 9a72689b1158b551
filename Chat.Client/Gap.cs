namespace Chat.Client;

/// <summary>The undelivered messages or changes of a conversation at the time of a request for them.</summary>
/// <param name="OfChanges">Whether the numbers are those of changes.</param>
internal sealed record Gap(Cursor Cursor, long After, long Head, int Epoch, bool OfChanges)
{
    /// <summary>Whether the conversation was reset since.</summary>
    public bool IsVoid => Cursor.Epoch != Epoch;
}
