using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.House.Tests;

/// <summary>An event that the daemon logs, read from its <c>[LoggerMessage]</c>.</summary>
/// <param name="Level">As in <c>server.log</c>.</param>
/// <param name="Properties">The placeholders of the message, in their order.</param>
internal sealed partial record LoggedEvent(string Path, string Name, string Id, string Level, IReadOnlyList<string> Properties)
{
    public static IReadOnlyList<LoggedEvent> OfTheDaemon { get; } =
    [
        .. Repository.Product
            .Where(file => file.Path.StartsWith("Chat.Daemon/", StringComparison.Ordinal))
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
                .Where(attribute => attribute.Name.ToString() == "LoggerMessage")
                .Select(attribute => Of(file.Path, attribute))),
    ];

    private static LoggedEvent Of(string path, AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments.ToList() ?? [];
        var named = arguments.Where(argument => argument.NameEquals is not null)
            .ToDictionary(argument => argument.NameEquals!.Name.Identifier.Text, argument => argument.Expression);
        var level = arguments.Select(argument => argument.Expression).OfType<MemberAccessExpressionSyntax>().FirstOrDefault();
        var texts = arguments
            .Where(argument => argument.NameEquals?.Name.Identifier.Text != "EventName")
            .Select(argument => Text(argument.Expression));
        return new(
            path,
            named.TryGetValue("EventName", out var name) ? Text(name) : "",
            named.TryGetValue("EventId", out var id) ? id.ToString() : "",
            level?.Name.Identifier.Text switch
            {
                "Information" => "info",
                "Warning" => "warn",
                "Critical" => "fatal",
                var other => other?.ToLowerInvariant() ?? "",
            },
            [.. Placeholder().Matches(string.Concat(texts)).Select(match => match.Groups[1].Value)]);
    }

    private static string Text(ExpressionSyntax expression) =>
        string.Concat(expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Select(text => text.Token.Value as string));

    [GeneratedRegex(@"\{(\w+)")]
    private static partial Regex Placeholder();
}
