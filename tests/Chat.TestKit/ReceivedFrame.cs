using Chat.Protocol;

namespace Chat.TestKit;

/// <summary>A line of the daemon, as it came.</summary>
/// <param name="Frame">Null where it is no frame that the protocol knows.</param>
public sealed record ReceivedFrame(string Json, DaemonFrame? Frame);
