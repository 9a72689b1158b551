using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Messages in the order of their numbers.</summary>
/// <param name="More">Whether there are more in the direction asked for.</param>
internal sealed record Page(IReadOnlyList<DaemonFrame.Message> Messages, bool More)
{
    public static readonly Page Empty = new([], false);
}
