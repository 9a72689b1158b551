namespace Chat.Cli.Terminal;

/// <summary>Where the user reads and writes: a terminal with a line editor, or pipes.</summary>
internal interface IScreen
{
    bool IsInteractive { get; }

    /// <summary>Prints lines above what is being written. Safe from any thread.</summary>
    /// <exception cref="OutputGoneException">Nobody can read it.</exception>
    void Print(string text);

    /// <summary>The next line; null where there are no more.</summary>
    Task<string?> ReadLineAsync(Func<string> prompt, CancellationToken ct);

    /// <summary>The next line, which is not shown; null where it can't be asked for.</summary>
    Task<string?> ReadSecretAsync(string prompt, CancellationToken ct);
}
