namespace Chat.Daemon.Messages;

/// <param name="Refusal">Null if the text passes, or was dropped.</param>
/// <param name="Text">As filters left it. Null if it was refused, or if a filter dropped it: then the sender is not told.</param>
internal readonly record struct GateVerdict(Refusal? Refusal, string? Text);
