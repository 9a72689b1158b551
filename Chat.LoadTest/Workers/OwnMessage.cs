namespace Chat.LoadTest.Workers;

/// <summary>A message of the user that is stored.</summary>
/// <param name="Seq">Its number in the conversation.</param>
/// <param name="Counter">Its number among the user's messages.</param>
internal sealed record OwnMessage(long Seq, int Counter);
