namespace Chat;

/// <summary>A job that waits for its time, or runs.</summary>
/// <param name="Due">When it should run, or should have run: that may be long ago if the daemon was down.</param>
/// <param name="Data">The text that it was scheduled with.</param>
public sealed record ScheduledJob(string Name, DateTimeOffset Due, string Data);
