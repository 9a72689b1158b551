using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>A frame that is not done, and why: expected, no bug.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">Takes the place of the code's sentence, where there is more to say.</param>
internal sealed record Refusal(string Code, string? Room = null, TimeSpan? RetryAfter = null, string? Detail = null)
{
    public DaemonFrame.Error ToFrame(string? id, SessionTexts texts) =>
        new(Code, Detail ?? texts.Of(Code), Room, RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null) { Id = id };
}
