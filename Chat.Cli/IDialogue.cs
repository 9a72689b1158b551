using Chat.Client;

namespace Chat.Cli;

/// <summary>A session's input and output: lines of text for people, or frames for programs.</summary>
internal interface IDialogue : IDisposable
{
    /// <summary>Whether a line was refused and only the exit status can say so.</summary>
    bool HasFailed { get; }

    /// <summary>Shows events until the session ends, and returns the last one without showing it.</summary>
    Task<ChatEvent.SessionEnded?> ShowAsync(CancellationToken ct);

    /// <summary>Handles input until it ends. True if the session should end with it.</summary>
    /// <param name="over">Stops reading; lines already read are still handled.</param>
    Task<bool> TakeAsync(CancellationToken over, CancellationToken ct);

    /// <summary>After the session: returns when the outcome of every line has been shown.</summary>
    Task SettleAsync();

    /// <summary>Shows why the session ended.</summary>
    void SayEnd(ChatEvent.SessionEnded end);
}
