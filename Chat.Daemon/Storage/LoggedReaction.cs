using System.Text;

namespace Chat.Daemon.Storage;

/// <summary>One emoji on a message.</summary>
/// <param name="Users">The names of the first who reacted with it.</param>
/// <param name="IsMine">Whether the viewer is among all of them.</param>
internal sealed record LoggedReaction(string Emoji, long Count, IReadOnlyList<string> Users, bool IsMine)
{
    /// <summary>The least that it takes in a frame: its fields, its emoji, and its users with their quotation marks.</summary>
    public int FrameBytes =>
        """{"emoji":"","count":1,"users":[]}""".Length + Encoding.UTF8.GetByteCount(Emoji)
        + Users.Sum(user => 2 + Encoding.UTF8.GetByteCount(user));
}
