using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Configuration;

/// <summary>Another name for a command, such as <c>rolar=jogar</c>. A name may have several words.</summary>
internal sealed record CommandRename(string Old, string New)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out CommandRename? rename)
    {
        rename = text.Split('=') is [var old, var now] && IsName(old) && IsName(now) ? new(old.Trim(), now.Trim()) : null;
        return rename is not null;
    }

    private static bool IsName(string name) => name.Trim().Split(' ').All(IsWord);

    /// <summary>As in declared names.</summary>
    private static bool IsWord(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
