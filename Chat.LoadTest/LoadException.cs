namespace Chat.LoadTest;

/// <summary>The run cannot be made, and the message says why, in the language of who asked for it.</summary>
internal sealed class LoadException(int status, string sentence) : Exception(sentence)
{
    public int Status => status;
}
