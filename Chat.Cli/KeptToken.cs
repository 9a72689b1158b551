using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The token of a session between two runs: what becomes of it is done here alone.</summary>
/// <param name="file">Null where nothing can be kept, or another program of the same user keeps its own.</param>
internal sealed class KeptToken(TokenFile? file) : IDisposable
{
    public static KeptToken Open(DaemonAddress daemon, string user, CliTexts texts)
    {
        try
        {
            return new(TokenFile.Open(TokenFile.DefaultFolder, daemon, user));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(texts.TokenNotKept(TextRules.Harmless(e.Message)));
            return new(null);
        }
    }

    /// <summary>Null where there is none.</summary>
    public string? Value => file?.Read();

    /// <summary>Another session has begun: its token is the one to keep.</summary>
    public void Replace(string token) => file?.Write(token);

    /// <summary>Of the token's session a refusal or an end was heard.</summary>
    public void Heard(string? code)
    {
        if (TokenFates.After(code) is TokenFate.Discard) file?.Clear();
    }

    public void Dispose() => file?.Dispose();
}
