namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>A recent start of a plugin. Stored as JSON.</summary>
/// <param name="Hash">Of the version that was started.</param>
/// <param name="Deaths">How often in a row the process died in this phase of this version.</param>
internal sealed record StartMark(string Hash, StartPhase Phase, int Deaths);
