namespace Chat.LoadTest;

/// <summary>Ends the program with an exit status and a sentence for the user, in the user's language.</summary>
internal sealed class LoadException(int status, string sentence) : Exception(sentence)
{
    public int Status => status;
}
