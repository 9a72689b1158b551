namespace Chat.Daemon.Messages;

/// <summary>What became of a frame that may have been sent before.</summary>
/// <param name="IsAnswered">It was, and needs nothing more than the refusal, if there is one.</param>
internal readonly record struct Resend(bool IsAnswered, Refusal? Refusal);
