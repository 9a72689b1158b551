using System.Net;

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

/// <summary>
/// A guest is known by its session, and has another one after each login. So a mute holds for the name in that network, too, and for a
/// while for every guest who logs in from there after it: docs/decisions/0015-a-muted-guest-stays-muted.md.
/// </summary>
/// <param name="LastSession">The latest session of the daemon when the guest was muted.</param>
/// <param name="SpreadsUntil">Not beyond the end of the mute.</param>
internal sealed record MutedGuest(string NameKey, IPNetwork Network, long LastSession, DateTimeOffset SpreadsUntil)
{
    public bool Is(Speaker speaker) => speaker.User.Name.Key == NameKey && IsGuestOfNetwork(speaker);

    public bool SpreadsTo(Speaker speaker) => (ulong)speaker.Session > (ulong)LastSession && IsGuestOfNetwork(speaker);

    private bool IsGuestOfNetwork(Speaker speaker) =>
        speaker.User.IsGuest && speaker.Address is { } address && Network.Contains(address);
}
