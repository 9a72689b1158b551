namespace Chat.Client;

/// <summary>The undelivered messages of a conversation at the time of a request for them.</summary>
internal sealed record Gap(Cursor Cursor, long After, long Head, int Epoch)
{
    /// <summary>Whether the conversation was reset since.</summary>
    public bool IsVoid => Cursor.Epoch != Epoch;
}
