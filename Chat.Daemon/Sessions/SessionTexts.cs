using System.Collections.Frozen;
using Chat.Daemon.Accounts;
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

    public string Of(string code) => Text(code);

    /// <param name="code">Why a new password was refused: only its length is a bad argument.</param>
    public string OfPassword(string code, int minimum) => code == RefusalCode.BadArguments ? PasswordLength(minimum) : Of(code);

    public string PasswordLength(int minimum) => Text([$"{minimum}"]);

    /// <param name="code">Why an action on a plugin was refused.</param>
    public string PluginRefused(string code, string plugin) => Text([plugin], code);

    public string ShutdownIn(string time, string reason) => Text([time]) + Because(reason);

    public string ShutdownCancelled() => Text();

    public string Banned(ActiveBan ban) => (ban.Left is { } time
        ? Text([DurationText.FormatRounded(time), ban.By], "BannedFor") : Text([ban.By], "BannedForever")) + For(ban.Reason);

    public string Muted(ActiveMute mute)
    {
        var left = DurationText.FormatRounded(mute.Left);
        return mute.IsSpread ? Text([left], "MutedByNetwork")
            : Text([left, mute.Mute.By], mute.Mute.Conversation == 0 ? "MutedEverywhereFor" : "MutedFor") + For(mute.Mute.Reason);
    }

    public string NoWords() => Text();

    public string SearchTooLong() => Text();

    public string SearchUnindexed() => Text();

    public string SearchWithoutRoom() => Text();

    public string SearchFailed() => Text();

    public string Kicked(string user, string by, string reason) => Text([user, by]) + For(reason);

    public string BlockedByOther() => Text();

    public string NotYourself() => Text();

    public string TooManyBlocked(int most) => Text([most]);

    public string NotHere(string user) => Text([user]);

    public string TopicIs(string user, string topic) => Text([user, topic]);

    public string TopicCleared(string user) => Text([user]);

    /// <param name="days">0 = forever.</param>
    /// <param name="messages">0 = all.</param>
    public string RetentionIs(string user, int days, int messages) => Text([user, days, messages], (days, messages) switch
    {
        (0, 0) => "RetentionOfAll",
        (_, 0) => "RetentionByDays",
        (0, _) => "RetentionByCount",
        _ => "RetentionByBoth",
    });

    public string RetentionTooLong() => Text();

    /// <param name="most">Characters.</param>
    public string LineTooLong(int most) => Text([most]);

    public string NotOneLine() => Text();

    public string Invited(string user, string room) => Text([user, room]);

    /// <param name="most">Rooms in all.</param>
    public string NoMoreRooms(int most) => Text([most]);

    public string RoomsTooFast(TimeSpan wait) => Text([DurationText.FormatRounded(wait)]);

    public string DefaultRoomStays(string room) => Text([room]);

    public string NoEmoji() => Text();

    public string IdUsed() => Text();

    public string NoSuchPermission(string given, string? nearest) =>
        nearest is null ? Text([given]) : Text([given, nearest], "NoSuchPermissionMeant");

    public string AboveOwnRole(string permission) => Text([permission]);

    /// <summary>A fail-closed filter did not decide in time.</summary>
    public string NotFiltered() => Text();

    public string DiskFull() => Text();

    public string DatabaseLost() => Text();

    /// <summary>A guest was to get a role.</summary>
    public string GuestHasNoRole(string name) => Text([name]);

    /// <summary>An account was to get the name that a guest uses.</summary>
    public string NameOfGuest(string name) => Text([name]);

    /// <summary>A plugin has used its storage quota.</summary>
    public string QuotaExceeded() => Text();

    private string For(string reason) => reason.Length == 0 ? "" : " " + Text([reason], "Reason");

    private static string Because(string reason) => reason.Length == 0 ? "" : $" ({reason})";
}
