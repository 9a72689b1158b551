using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The token of a session, kept between runs.</summary>
/// <param name="file">Null if the token cannot be saved, or another run of the same user holds the file.</param>
internal sealed class SavedToken(TokenFile? file, CliTexts texts) : IDisposable
{
    public static SavedToken Open(DaemonAddress daemon, string user, CliTexts texts)
    {
        TokenFile? file = null;
        Try(() => file = TokenFile.Open(TokenFile.DefaultFolder, daemon, user), texts.TokenNotKept);
        return new(file, texts);
    }

    /// <summary>Null if there is none.</summary>
    public string? Value
    {
        get
        {
            string? token = null;
            Try(() => token = file?.Read(), texts.TokenNotKept);
            return token;
        }
    }

    /// <summary>Saves the token of a new session.</summary>
    public void Replace(string token) => Try(() => file?.Write(token), texts.TokenNotKept);

    /// <summary>Handles a refusal of the token, or the end of its session.</summary>
    public void DiscardIfEnded(string? code)
    {
        if (TokenActions.After(code) is TokenAction.Discard) Try(() => file?.Clear(), texts.TokenNotRemoved);
    }

    public void Dispose() => Try(() => file?.Dispose(), texts.TokenNotRemoved);

    /// <summary>A session that cannot be saved still works until the end of the run.</summary>
    private static void Try(Action work, Func<string, string> complaint)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(complaint(TextRules.Harmless(e.Message)));
        }
    }
}
