namespace Chat.Cli.Terminal;

/// <summary>Plain lines, without editing.</summary>
internal sealed class PipeScreen(TextReader input, TextWriter output, bool isUtf8) : IScreen
{
    private readonly Lock gate = new();

    public bool IsInteractive => false;

    public void Print(string text)
    {
        lock (gate)
        {
            try
            {
                output.Write((isUtf8 ? text : AsciiText.Fold(text)) + "\n");
                output.Flush();
            }
            catch (IOException e)
            {
                throw new OutputGoneException(e);
            }
        }
    }

    public void Print(string head, string text) => Print(head + text.Replace("\n", "\n      ", StringComparison.Ordinal));

    public void ShowWaiting(IReadOnlyList<string> rows)
    {
    }

    public void Redraw()
    {
    }

    public void Clear()
    {
    }

    public void Notify(NotifyBy by, string title, string text)
    {
    }

    public void Remember(string line)
    {
    }

    /// <summary>The input may be a terminal even if the output is a pipe.</summary>
    public Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct)
    {
        StandardStreams.DiscardTypedAhead();
        return Task.FromResult(TypedAhead.Nothing);
    }

    /// <summary>Reading a pipe cannot be interrupted, but waiting for it can.</summary>
    public Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct) =>
        Task.Run(input.ReadLineAsync, ct).WaitAsync(ct);

    public Task<string?> ReadSecretAsync(string prompt, CancellationToken ct) => Task.FromResult<string?>(null);
}
