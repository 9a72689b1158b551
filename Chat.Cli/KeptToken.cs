using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The token of a session between two runs: what becomes of it is done here alone.</summary>
/// <param name="file">Null where nothing can be kept, or another program of the same user keeps its own.</param>
internal sealed class KeptToken(TokenFile? file, CliTexts texts) : IDisposable
{
    public static KeptToken Open(DaemonAddress daemon, string user, CliTexts texts)
    {
        TokenFile? file = null;
        Try(() => file = TokenFile.Open(TokenFile.DefaultFolder, daemon, user), texts.TokenNotKept);
        return new(file, texts);
    }

    /// <summary>Null where there is none.</summary>
    public string? Value
    {
        get
        {
            string? token = null;
            Try(() => token = file?.Read(), texts.TokenNotKept);
            return token;
        }
    }

    /// <summary>Another session has begun: its token is the one to keep.</summary>
    public void Replace(string token) => Try(() => file?.Write(token), texts.TokenNotKept);

    /// <summary>Of the token's session a refusal or an end was heard.</summary>
    public void Heard(string? code)
    {
        if (TokenFates.After(code) is TokenFate.Discard) Try(() => file?.Clear(), texts.TokenNotRemoved);
    }

    public void Dispose() => Try(() => file?.Dispose(), texts.TokenNotRemoved);

    /// <summary>A session that can't be kept is as good as any until the end of the run.</summary>
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
