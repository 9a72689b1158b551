namespace Chat.Daemon.Accounts;

/// <summary>A mute of an account, or of a guest.</summary>
/// <param name="Identity">Whom the moderator muted.</param>
/// <param name="Conversation">0: everywhere.</param>
/// <param name="Name">The user's name at that time.</param>
/// <param name="Guest">Which other guests it covers. Null for an account, or if the guest's address was not known.</param>
internal sealed record Mute(
    string Identity, long Conversation, string Name, DateTimeOffset Until, string Reason, string By, MutedGuest? Guest)
{
    /// <summary>When it ends for this user; null if it does not cover the user.</summary>
    public DateTimeOffset? EndFor(Speaker speaker) => IsOf(speaker) ? Until : Guest is { } guest && guest.SpreadsTo(speaker)
        ? guest.SpreadsUntil
        : null;

    /// <summary>Whether the user is the one that was muted: the account, the guest, or a guest of the same name and network.</summary>
    public bool IsOf(Speaker speaker) => Identity == speaker.User.Identity.Key || Guest?.Is(speaker) == true;
}
