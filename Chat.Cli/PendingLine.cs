using Chat.Client;

namespace Chat.Cli;

/// <summary>A line without a confirmation.</summary>
/// <param name="To">Null for a command.</param>
/// <param name="Withdraw">Takes a message back if it has not been sent; null for a change or a command.</param>
internal sealed record PendingLine(string Text, Conversation? To, CancellationTokenSource? Withdraw = null);
