namespace Chat.LoadTest.Measuring;

/// <summary>A message that has reached all its members in one worker; <paramref name="Last"/> says when the last one had it.</summary>
internal sealed record ReachedAll(int Sender, int Counter, long Due, long Written, long Last);
