using Chat.Client;

namespace Chat.Cli;

/// <summary>How a session is shown, and how it is told what to say: in lines for people, or in frames for programs.</summary>
internal interface IDialogue : IDisposable
{
    /// <summary>Whether any line was refused, and its writer can learn it from the exit status alone.</summary>
    bool HasFailed { get; }

    /// <summary>Shows what arrives, until the session ends; its end, which is not shown yet.</summary>
    Task<ChatEvent.SessionEnded?> ShowAsync(CancellationToken ct);

    /// <summary>Takes what is written until there is no more; true where the session shall end with it.</summary>
    /// <param name="over">Nothing more is to be read; what was read is still answered.</param>
    Task<bool> TakeAsync(CancellationToken over, CancellationToken ct);

    /// <summary>The session is over: whatever became of the lines has been said when it returns.</summary>
    Task SettleAsync();

    /// <summary>The last that is said.</summary>
    void SayEnd(ChatEvent.SessionEnded end);
}
