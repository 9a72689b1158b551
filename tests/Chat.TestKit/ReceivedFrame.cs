using Chat.Protocol;

namespace Chat.TestKit;

/// <summary>A line received from the daemon.</summary>
/// <param name="Frame">Null if the line is not a known frame.</param>
public sealed record ReceivedFrame(string Json, DaemonFrame? Frame);
