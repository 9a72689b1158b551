namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>
/// An event that waits to be delivered. It holds no text: that is read when it is sent, so a text that is deleted meanwhile is gone from
/// here too.
/// </summary>
/// <param name="What">Null for the first delivery of a webhook, which only tries the address.</param>
/// <param name="From">Who did it.</param>
/// <param name="Seq">The number of the message.</param>
/// <param name="Emoji">The reaction.</param>
/// <param name="IsRemoved">The reaction was taken back.</param>
internal sealed record Happening(
    HookEvent? What, DateTimeOffset At, string? From = null, long? Seq = null, string? Emoji = null, bool? IsRemoved = null);
