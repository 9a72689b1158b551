namespace Chat.Cli.Terminal;

/// <summary>Where the user reads and writes: a terminal with a line editor, or pipes.</summary>
internal interface IScreen
{
    bool IsInteractive { get; }

    /// <summary>Prints lines above what is being written. Safe from any thread.</summary>
    /// <exception cref="OutputGoneException">Nobody can read it.</exception>
    void Print(string text);

    /// <summary>As <see cref="Print(string)"/>; rows after the first begin under the text, so that none can pass for another's.</summary>
    /// <param name="head">Who says it.</param>
    void Print(string head, string text);

    /// <summary>What waits to be sent, until it is called again. Only a terminal can take away what it has shown, and shows it.</summary>
    void ShowWaiting(IReadOnlyList<string> rows);

    /// <summary>The prompt has changed.</summary>
    void Redraw();

    /// <summary>Forgets what the user typed so far at a terminal. A pipe keeps all its lines.</summary>
    Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct);

    /// <summary>The next line; null where there are no more.</summary>
    /// <param name="draft">What stands in the line for editing; pipes have no use for it.</param>
    Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct);

    /// <summary>The next line, which is not shown; null where it can't be asked for.</summary>
    Task<string?> ReadSecretAsync(string prompt, CancellationToken ct);
}
