namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>A part of a Slack message. Its colors, images and fields are not shown.</summary>
/// <param name="Fallback">The whole in plain text, for clients that cannot show the rest.</param>
internal sealed record SlackAttachment(string? Pretext = null, string? Title = null, string? Text = null, string? Fallback = null)
{
    public IEnumerable<string?> Lines =>
        string.IsNullOrWhiteSpace(Pretext + Title + Text) ? [Fallback] : [Pretext, Title, Text];
}
