namespace Chat.Cli.Terminal;

/// <summary>The user's screen and keyboard: a terminal with a line editor, or pipes.</summary>
internal interface IScreen
{
    bool IsInteractive { get; }

    /// <summary>Prints lines above the line being edited. Thread-safe.</summary>
    /// <exception cref="OutputGoneException">Could not write.</exception>
    void Print(string text);

    /// <summary>Like <see cref="Print(string)"/>; indents further rows, so that no line of the text can imitate another sender's.</summary>
    /// <param name="head">The sender.</param>
    void Print(string head, string text);

    /// <summary>Shows the lines waiting to be sent, until the next call. Does nothing for pipes.</summary>
    void ShowWaiting(IReadOnlyList<string> rows);

    /// <summary>Call it when the prompt has changed.</summary>
    void Redraw();

    /// <summary>Erases the screen. Does nothing for pipes.</summary>
    void Clear();

    /// <summary>Rings the bell or asks the terminal for a desktop notification. Does nothing for pipes.</summary>
    /// <param name="text">Of other users; a single line.</param>
    void Notify(NotifyBy by, string title, string text);

    /// <summary>Discards what the user has typed so far at a terminal. A pipe keeps its lines.</summary>
    Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct);

    /// <summary>Offers the line again when the user browses the earlier ones. Does nothing for pipes.</summary>
    void Remember(string line);

    /// <summary>The next line; null at the end of the input. It is not remembered.</summary>
    /// <param name="draft">Initial text of the line, for editing; ignored for pipes.</param>
    Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct);

    /// <summary>Reads a line without showing it; null if there is no terminal.</summary>
    Task<string?> ReadSecretAsync(string prompt, CancellationToken ct);
}
