using System.Text.RegularExpressions;

namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>
/// Slack's escapes in plain text: <c>&lt;https://example.org|the page&gt;</c> becomes <c>the page (https://example.org)</c>. Other markup
/// stays as it is.
/// </summary>
internal static partial class SlackText
{
    public static string ToPlain(string text) =>
        Escape().Replace(text, found => Plain(found.Groups["to"].Value, found.Groups["label"].Value))
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    private static string Plain(string target, string label) => target switch
    {
        ['!', .. var everybody] => label.Length > 0 ? label : everybody,
        _ when label.Length == 0 || label == target => target,
        ['@' or '#', ..] => label,
        _ => $"{label} ({target})",
    };

    [GeneratedRegex(@"<(?<to>[^<>|\n]+)(\|(?<label>[^<>\n]*))?>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
