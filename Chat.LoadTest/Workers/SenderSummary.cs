namespace Chat.LoadTest.Workers;

/// <summary>What a sender's receivers must have: messages 1 to <paramref name="Sent"/>, except those listed.</summary>
/// <param name="Refused">Numbers of the messages that the daemon refused.</param>
/// <param name="Unknown">Numbers of the messages without a known outcome: the connection ended first, or the daemon could not tell.</param>
internal sealed record SenderSummary(int Sender, int Sent, IReadOnlyList<int> Refused, IReadOnlyList<int> Unknown);
