namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The daemon cannot start, or a sub-command cannot do its work, for a reason that the operator can mend. It ends in one sentence on
/// standard error.
/// </summary>
/// <param name="status">One of <see cref="ExitStatus"/>.</param>
/// <param name="sentences">What is wrong and what to do; one unless several settings are wrong at once.</param>
internal sealed class StartupException(int status, params IReadOnlyList<string> sentences) : Exception(string.Join(' ', sentences))
{
    public int Status => status;

    public IReadOnlyList<string> Sentences => sentences;
}
