namespace Chat.Client;

/// <summary>What lies between what was handed over and what is known to exist, as it stood when its messages were asked for.</summary>
internal sealed record Gap(Cursor Cursor, long After, long Head, int Epoch)
{
    /// <summary>Whether the conversation was reset meanwhile.</summary>
    public bool IsVoid => Cursor.Epoch != Epoch;
}
