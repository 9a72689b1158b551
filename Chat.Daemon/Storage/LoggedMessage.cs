using System.Text;

namespace Chat.Daemon.Storage;

/// <summary>A message as it is stored.</summary>
/// <param name="Seq">Its number in the conversation, from 1 without gaps.</param>
/// <param name="From">The sender's name at that time.</param>
/// <param name="AtMs">Unix time in milliseconds.</param>
/// <param name="Session">The session that sent it; two sessions may use the same client id.</param>
/// <param name="ClientId">The client's own id for it, by which a message sent again is recognized; null if it gave none.</param>
/// <param name="Via">The command that posted it; null for plain text.</param>
/// <param name="Erased">The text was deleted; the number stays.</param>
internal sealed record LoggedMessage(
    long Seq, string From, string Text, long AtMs, long Session, string? ClientId = null, string? Via = null, bool Erased = false)
{
    /// <summary>The least that it takes in a frame.</summary>
    public int FrameBytes => Erased ? 0 : Encoding.UTF8.GetByteCount(Text);
}
