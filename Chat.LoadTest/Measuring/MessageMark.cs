namespace Chat.LoadTest.Measuring;

/// <summary>Identifies a message of this run, inside its text.</summary>
/// <param name="Counter">Numbers the sender's messages from 1.</param>
/// <param name="Due">When it was due, on the <see cref="MicrosecondClock"/>.</param>
/// <param name="Written">When it was written, on the same clock.</param>
internal readonly record struct MessageMark(int Sender, int Counter, long Due, long Written);
