using System.Collections.Frozen;
using Chat.Daemon.Configuration;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>The sentences that sessions show to people: one for each refusal code, and the notices.</summary>
internal sealed class SessionTexts(string language) : Texts(language)
{
    private static readonly FrozenDictionary<string, SessionTexts> ByLanguage = Languages.ToFrozenDictionary(
        l => l, l => new SessionTexts(l), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The texts in a client's <c>lang</c>, in any regional form of English or Portuguese, else in <paramref name="fallback"/>.
    /// </summary>
    public static SessionTexts For(string? lang, string fallback) => lang switch
    {
        not null when ByLanguage.TryGetValue(lang, out var texts) => texts,
        not null when lang.StartsWith("en", StringComparison.OrdinalIgnoreCase) => ByLanguage["en"],
        not null when lang.StartsWith("pt", StringComparison.OrdinalIgnoreCase) => ByLanguage["pt-BR"],
        _ => ByLanguage[fallback],
    };

    /// <param name="code">A refusal's code, or <see cref="Refusal.DiskFullText"/>.</param>
    public string Of(string code) => Text(code);

    /// <param name="code">Why a new password was refused: only its length is a bad argument.</param>
    public string OfPassword(string code, int minimum) => code == RefusalCode.BadArguments ? PasswordLength(minimum) : Of(code);

    public string PasswordLength(int minimum) => Text([$"{minimum}"]);

    /// <param name="code">Why an action on a plugin was refused.</param>
    public string PluginRefused(string code, string plugin) => Text([plugin], code);

    public string ShutdownIn(string time, string reason) => Text([time]) + Because(reason);

    public string ShutdownCancelled() => Text();

    /// <param name="left">Null: until the ban is lifted.</param>
    public string Banned(TimeSpan? left, string reason) =>
        (left is { } time ? Text([Rounded(time)], "BannedFor") : Text("BannedForever")) + For(reason);

    public string Kicked(string user, string reason) => Text([user]) + Because(reason);

    public string NotHere(string user) => Text([user]);

    public string TopicIs(string user, string topic) => Text([user, topic]);

    public string Invited(string user, string room) => Text([user, room]);

    public string NoSuchPermission(string given, string? nearest) =>
        nearest is null ? Text([given]) : Text([given, nearest], "NoSuchPermissionMeant");

    public string AboveOwnRole(string permission) => Text([permission]);

    /// <summary>A fail-closed filter did not decide in time.</summary>
    public string NotFiltered() => Text();

    /// <summary>A plugin has used its storage quota.</summary>
    public string QuotaExceeded() => Text();

    private string For(string reason) => reason.Length == 0 ? "" : " " + Text([reason], "Reason");

    /// <summary>Rounded up to hours from a day on, to minutes from a minute on.</summary>
    private static string Rounded(TimeSpan time)
    {
        var unit = time >= TimeSpan.FromDays(1) ? TimeSpan.FromHours(1)
            : time >= TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        return DurationText.Format(unit * Math.Ceiling(time / unit));
    }

    private static string Because(string reason) => reason.Length == 0 ? "" : $" ({reason})";
}
