using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>What a program sends: its own fields or those of Slack's incoming webhooks. Others are ignored.</summary>
/// <param name="Name">Shown beside the bot's.</param>
/// <param name="Reply">The number of the message that the text answers.</param>
/// <param name="Username">Slack's name for <paramref name="Name"/>.</param>
internal sealed record IncomingBody(
    string? Text = null, string? Name = null, long? Reply = null, string? Username = null,
    IReadOnlyList<SlackAttachment>? Attachments = null)
{
    private const int MostAttachments = 20;

    public JsonElement? Channel { get; init; }

    [JsonPropertyName("icon_emoji")]
    public JsonElement? IconEmoji { get; init; }

    [JsonPropertyName("icon_url")]
    public JsonElement? IconUrl { get; init; }

    /// <summary>Whether the text is written as Slack's: a field that only Slack's senders use says so.</summary>
    public bool IsSlack => (Username ?? (object?)Attachments ?? Channel ?? IconEmoji ?? IconUrl) is not null;

    /// <summary>The text; Slack's senders may have it in attachments.</summary>
    public string WholeText => string.Join(
        '\n',
        new[] { Text }.Concat((Attachments ?? []).Take(MostAttachments).SelectMany(attachment => attachment.Lines))
            .Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The body as JSON, or as the field <c>payload</c> of a form.</summary>
    /// <returns>Null if it is neither.</returns>
    public static IncomingBody? Read(RouteRequest request)
    {
        try
        {
            if (FormField(request.Body.Span) is not { } payload)
                return JsonSerializer.Deserialize(request.Body.Span, WebhooksJson.Default.IncomingBody);
            var body = JsonSerializer.Deserialize(payload, WebhooksJson.Default.IncomingBody);
            return body is null ? null : body with { Attachments = body.Attachments ?? [] };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A program may call JSON a form, as curl does, so the bytes decide.</summary>
    private static string? FormField(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith("payload="u8)) return null;
        var value = body["payload="u8.Length..];
        var end = value.IndexOf((byte)'&');
        var encoded = System.Text.Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
        return Uri.UnescapeDataString(encoded.Replace('+', ' '));
    }
}
