using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Chat.Testing;

/// <summary>The answer to an HTTP request.</summary>
public sealed class WebAnswer
{
    private readonly string request;
    private readonly IReadOnlyDictionary<string, string> headers;
    private readonly Failures failures;

    internal WebAnswer(string request, int status, string text, IReadOnlyDictionary<string, string> headers, Failures failures) =>
        (this.request, Status, Text, this.headers, this.failures) = (request, status, text, headers, failures);

    public int Status { get; }

    /// <summary>The body.</summary>
    public string Text { get; }

    /// <summary>The code of a refusal, by the daemon or by <see cref="RouteResponse.Refuse"/>; null if it is none.</summary>
    public string? RefusalCode => Status >= 400 ? CodeIn(Text) : null;

    /// <summary>The value of a header; null if the answer has none of that name.</summary>
    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The answer has this status.</summary>
    public WebAnswer ShouldBe(int status) => Should($"the status {status}", Status == status);

    /// <summary>The answer has this status and body.</summary>
    public WebAnswer ShouldBe(int status, string text) =>
        Should($"the status {status} and {Shown.Short(text)}", Status == status && Text == text);

    /// <inheritdoc cref="ShouldBe(int, string)"/>
    public WebAnswer ShouldBe(
        int status, Func<string, bool> condition, [CallerArgumentExpression(nameof(condition))] string? shown = null) =>
        Should($"the status {status} and a body where {shown}", Status == status && condition(Text));

    /// <summary>The answer has this status and JSON.</summary>
    /// <param name="json">Compared as JSON: white space and the order of properties don't matter.</param>
    public WebAnswer ShouldBeJson(int status, string json)
    {
        using var wanted = JsonDocument.Parse(json);
        using var given = Parse(Text);
        return Should(
            $"the status {status} and {json}",
            Status == status && given is not null && JsonElement.DeepEquals(given.RootElement, wanted.RootElement));
    }

    /// <summary>The request was refused with this code.</summary>
    public WebAnswer ShouldBeRefused(string code) => Should($"the refusal {code}", RefusalCode == code);

    private WebAnswer Should(string wanted, bool holds) =>
        holds ? this : throw failures.Of($"{request}: expected {wanted}, but got the status {Status} and {Shown.Short(Text)}");

    private static string? CodeIn(string text)
    {
        using var document = Parse(text);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } refusal
            && refusal.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String ? code.GetString() : null;
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
