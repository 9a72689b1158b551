using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Web;

/// <summary>What refused HTTP requests to plugins say: the same codes as on the line protocol, in other words.</summary>
internal sealed class RouteTexts : Texts
{
    private static readonly RouteTexts[] All = [.. Languages.Select(language => new RouteTexts(language))];

    private readonly HashSet<string> codes;

    private RouteTexts(string language) : base(language) => codes = [.. Keys];

    /// <param name="lang">As a browser says it in <c>Accept-Language</c>.</param>
    public static string SentenceOf(Refusal refusal, string? lang, string fallback)
    {
        var texts = SessionTexts.For(lang, fallback);
        var own = Array.Find(All, one => one.Language == texts.Language)!;
        return refusal is { Detail: null, Say: null } && own.codes.Contains(refusal.Code)
            ? own.Text(refusal.Code)
            : refusal.SentenceIn(texts);
    }
}
