namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The daemon or a command cannot start or go on, for a reason that the operator can fix. Prints its sentences on standard error.
/// </summary>
/// <param name="status">One of <see cref="ExitStatus"/>.</param>
/// <param name="sentences">What is wrong and what to do; several if several settings are invalid.</param>
internal sealed class StartupException(int status, params IReadOnlyList<string> sentences) : Exception(string.Join(' ', sentences))
{
    public int Status => status;

    public IReadOnlyList<string> Sentences => sentences;
}
