namespace Chat.Daemon.Accounts;

/// <summary>The terminal that the daemon was started on. What it writes there is in no log.</summary>
internal sealed class OperatorTerminal(TextWriter output, bool isWatched, Func<string, string> passwordLine)
{
    /// <summary>For a daemon whose output is a file, a pipe or a service's journal.</summary>
    public static OperatorTerminal None { get; } = new(TextWriter.Null, false, password => password);

    public bool IsWatched => isWatched;

    public Task TellPasswordAsync(string password) => output.WriteLineAsync(passwordLine(password));
}
